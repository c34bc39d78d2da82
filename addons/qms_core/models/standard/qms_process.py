from odoo import fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    requirement_ids = fields.Many2many("qms.requirement", string="Requirements", check_company=True)
