from odoo import api, fields, models


class QmsService(models.Model):
    """Questionnaires about a service."""

    _inherit = "qms.service"

    feedback_wave_ids = fields.One2many("feedback.wave", "service_id", "Questionnaires")
    feedback_wave_count = fields.Integer("Number of Questionnaires", compute="_compute_feedback_wave_count")

    # === COMPUTES === #

    @api.depends("feedback_wave_ids")
    @api.depends_context("uid")
    def _compute_feedback_wave_count(self):
        for service in self:
            service.feedback_wave_count = len(service.feedback_wave_ids)

    # === ACTIONS === #

    def action_view_feedback_waves(self):
        """Open the rounds in which applicants of these services were or are asked."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_wave_action"),
            "domain": [("service_id", "in", self.ids)],
            "context": {"default_service_id": self.id if len(self) == 1 else False},
        }
