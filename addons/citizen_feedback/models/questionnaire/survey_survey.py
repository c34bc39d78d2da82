from odoo import api, fields, models

AUDIENCES = [("applicants", "Applicants of services"), ("population", "Population"), ("staff", "Staff")]


class SurveySurvey(models.Model):
    """Questionnaires: for whom, of which authority, about which services."""

    _inherit = "survey.survey"

    feedback_company_id = fields.Many2one(
        "res.company",
        "Authority",
        index="btree_not_null",
        help="Empty: the survey is no questionnaire of an authority.",
    )
    feedback_audience = fields.Selection(AUDIENCES, "Who is asked")
    feedback_service_ids = fields.Many2many(
        "qms.service",
        "feedback_survey_service_rel",
        "survey_id",
        "service_id",
        "About Services",
        domain="[('company_id', '=', feedback_company_id)]",
    )
    feedback_wave_ids = fields.One2many("feedback.wave", "survey_id", "Rounds")
    feedback_wave_count = fields.Integer("Number of Rounds", compute="_compute_feedback_wave_count")

    # === COMPUTES === #

    @api.depends("feedback_wave_ids")
    def _compute_feedback_wave_count(self):
        for survey in self:
            survey.feedback_wave_count = len(survey.feedback_wave_ids)

    # === ACTIONS === #

    def action_view_feedback_waves(self):
        """Open the rounds in which this questionnaire was or is asked."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_wave_action"),
            "domain": [("survey_id", "=", self.id)],
            "context": {"default_survey_id": self.id},
        }
