from odoo import api, fields, models


class DigestDigest(models.Model):
    """What citizens said, in the weekly mail: appeals that came, signals that were raised."""

    _inherit = "digest.digest"

    kpi_qms_feedback_appeal = fields.Boolean("Appeals Received")
    kpi_qms_feedback_appeal_value = fields.Integer(
        compute="_compute_kpi_qms_feedback_appeal_value", export_string_translation=False
    )
    kpi_qms_feedback_signal = fields.Boolean("Signals Raised")
    kpi_qms_feedback_signal_value = fields.Integer(
        compute="_compute_kpi_qms_feedback_signal_value", export_string_translation=False
    )

    def _compute_kpi_qms_feedback_appeal_value(self):
        self._calculate_company_based_kpi(
            "feedback.appeal",
            "kpi_qms_feedback_appeal_value",
            date_field="date_received",
            additional_domain=[("is_corruption", "=", False)],
        )

    def _compute_kpi_qms_feedback_signal_value(self):
        self._calculate_company_based_kpi("feedback.signal", "kpi_qms_feedback_signal_value")

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("citizen_feedback.menu_root").id
        actions = {
            "kpi_qms_feedback_appeal": f"citizen_feedback.feedback_appeal_action?menu_id={menu}",
            "kpi_qms_feedback_signal": f"citizen_feedback.feedback_signal_action?menu_id={menu}",
        }
        return super()._compute_kpis_actions(company, user) | actions

    @api.model
    def _tell_feedback(self):
        """Let the weekly mails of all authorities tell of feedback; called once, each can switch it off."""
        weekly = self.with_context(active_test=False).search([("qms_weekly", "=", True)])
        weekly.write({"kpi_qms_feedback_appeal": True, "kpi_qms_feedback_signal": True})
