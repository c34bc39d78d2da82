from odoo import fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    feedback_wave_id = fields.Many2one(
        "feedback.wave", "Round", readonly=True, index="btree_not_null", ondelete="restrict"
    )
