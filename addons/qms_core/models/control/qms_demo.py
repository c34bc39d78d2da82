from odoo import models


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"
