from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    feedback_retention_active = fields.Boolean(related="company_id.feedback_retention_active", readonly=False)
    feedback_rating_months = fields.Integer(related="company_id.feedback_rating_months", readonly=False)
    feedback_appeal_months = fields.Integer(related="company_id.feedback_appeal_months", readonly=False)
