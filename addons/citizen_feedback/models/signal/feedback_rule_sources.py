from odoo import api, fields, models
from odoo.fields import Domain


class FeedbackRule(models.Model):
    """Appeals and cases of services as what rules look at, beside marks."""

    _inherit = "feedback.rule"

    topic_ids = fields.Many2many(
        "feedback.topic",
        string="Topics",
        check_company=True,
        help="Of appeals, with the topics below them. Empty: all topics, and cases of services as well.",
    )

    # === BUSINESS METHODS === #

    @api.model
    def _tuned_fields(self):
        return super()._tuned_fields() | {"topic_ids"}

    def _appeal_domain(self):
        # What concerns corruption is known to those alone who handle it.
        domain = Domain("is_corruption", "=", False)
        if self.topic_ids:
            domain &= Domain("topic_id", "child_of", self.topic_ids.ids)
        return domain

    def _late_sources(self):
        sources = super()._late_sources()
        sources["feedback.appeal"] = (self._appeal_domain() & Domain("is_late", "=", True), "date_deadline")
        if not self.topic_ids:
            sources["feedback.case"] = (self.env["feedback.case"]._overdue_domain(self.company_id), "date_due")
        return sources

    def _texts(self, since):
        texts = [] if self.topic_ids else super()._texts(since)
        domain = self._scope_domain() & self._appeal_domain() & Domain("create_date", ">=", since)
        return [*texts, (self.env["feedback.appeal"].search(domain), "text")]

    def _already_in(self, records):
        if records._name != "feedback.appeal":
            return super()._already_in(records)
        signals = self.env["feedback.signal"]
        return signals.search([("rule_id", "=", self.id), ("appeal_ids", "in", records.ids)]).appeal_ids
