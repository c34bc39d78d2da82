from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    feedback_address_limit = fields.Integer(related="company_id.feedback_address_limit", readonly=False)
    feedback_hour_limit = fields.Integer(related="company_id.feedback_hour_limit", readonly=False)
