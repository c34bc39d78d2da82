from odoo import api, models

from odoo.addons.qms_core.lib.measuring import Provider
from odoo.addons.qms_core.lib.periods import period_of


class QmsIndicator(models.Model):
    """Citizens' marks as a source of indicators."""

    _inherit = "qms.indicator"

    @api.model
    def _get_providers(self):
        return {
            **super()._get_providers(),
            "feedback_mark": Provider(self.env._("Average mark of citizens (1–5)"), self._provide_feedback_mark),
        }

    @api.model
    def _provide_feedback_mark(self, indicator, periods):
        """Return the average mark by period: of the indicator's service, else of its unit, else of the authority."""
        domain = [("company_id", "=", indicator.company_id.id), ("state", "=", "ok")]
        if indicator.service_id:
            domain.append(("service_id", "=", indicator.service_id.id))
        elif indicator.department_id:
            domain.append(("department_id", "child_of", indicator.department_id.id))
        domain += self._moments("date", periods, indicator.company_id)
        ratings = self.env["feedback.rating"].with_context(tz=indicator.company_id.resource_calendar_id.tz or "UTC")
        rows = ratings._read_group(domain, [f"date:{indicator.period}"], ["score:avg"])
        return {period_of(indicator.period, day.date()): mark for day, mark in rows}
