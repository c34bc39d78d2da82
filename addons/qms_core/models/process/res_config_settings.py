from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    qms_letter_set_id = fields.Many2one(
        related="company_id.qms_letter_set_id",
        readonly=False,
        required=True,
        domain="[('company_id', 'in', (company_id, False))]",
    )
