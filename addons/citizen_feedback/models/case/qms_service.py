from odoo import api, fields, models


class QmsService(models.Model):
    """Cases of a service."""

    _inherit = "qms.service"

    feedback_case_count = fields.Integer("Number of Cases", compute="_compute_feedback_case_count")

    # === COMPUTES === #

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_feedback_case_count(self):
        # With the reader's rights: cases of other units are not everybody's business.
        groups = self.env["feedback.case"]._read_group([("service_id", "in", self.ids)], ["service_id"], ["__count"])
        counts = {service.id: count for service, count in groups}
        for service in self:
            service.feedback_case_count = counts.get(service.id, 0)

    # === ACTIONS === #

    def action_view_case_figures(self):
        """Open the page of the service's figures."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_case_statistics_action"),
            "context": {"default_service_id": self.id, "default_company_id": self.company_id.id},
        }
