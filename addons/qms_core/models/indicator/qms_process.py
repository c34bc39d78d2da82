from odoo import fields, models


class QmsProcess(models.Model):
    _inherit = "qms.process"

    indicator_ids = fields.One2many("qms.indicator", "process_id", "Indicators")
