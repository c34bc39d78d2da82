from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    feedback_address_limit = fields.Integer(related="company_id.feedback_address_limit", readonly=False)
    feedback_hour_limit = fields.Integer(related="company_id.feedback_hour_limit", readonly=False)
    feedback_appeal_address_limit = fields.Integer(related="company_id.feedback_appeal_address_limit", readonly=False)
    feedback_appeal_hour_limit = fields.Integer(related="company_id.feedback_appeal_hour_limit", readonly=False)
    feedback_follow_address_limit = fields.Integer(related="company_id.feedback_follow_address_limit", readonly=False)
    feedback_follow_hour_limit = fields.Integer(related="company_id.feedback_follow_hour_limit", readonly=False)
    feedback_api_address_limit = fields.Integer(related="company_id.feedback_api_address_limit", readonly=False)
    feedback_api_hour_limit = fields.Integer(related="company_id.feedback_api_hour_limit", readonly=False)
    feedback_plain_address_limit = fields.Integer(related="company_id.feedback_plain_address_limit", readonly=False)
    feedback_plain_hour_limit = fields.Integer(related="company_id.feedback_plain_hour_limit", readonly=False)
