from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    qms_risk_scale_id = fields.Many2one(
        related="company_id.qms_risk_scale_id",
        readonly=False,
        required=True,
        domain="[('company_id', 'in', (company_id, False))]",
    )
