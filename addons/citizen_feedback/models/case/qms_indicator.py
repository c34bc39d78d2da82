from odoo import api, models
from odoo.fields import Domain

from odoo.addons.qms_core.lib.measuring import Provider
from odoo.addons.qms_core.lib.periods import period_of


class QmsIndicator(models.Model):
    """Cases of services as a source of indicators."""

    _inherit = "qms.indicator"

    @api.model
    def _get_providers(self):
        return {
            **super()._get_providers(),
            "feedback_case_in_time": Provider(
                self.env._("Services rendered in time (% of finished cases)"), self._provide_case_in_time
            ),
            "feedback_case_refused": Provider(
                self.env._("Refusals of services (% of finished cases)"), self._provide_case_refused
            ),
            "feedback_case_days": Provider(
                self.env._("How long a service takes (calendar days, average)"), self._provide_case_days
            ),
            "feedback_case_count": Provider(self.env._("Requests for services (number)"), self._provide_case_count),
        }

    @api.model
    def _provide_case_in_time(self, indicator, periods):
        return self._provide_cases(indicator, periods, "date_done", "in_time_share:avg")

    @api.model
    def _provide_case_refused(self, indicator, periods):
        return self._provide_cases(indicator, periods, "date_done", "refused_share:avg")

    @api.model
    def _provide_case_days(self, indicator, periods):
        return self._provide_cases(indicator, periods, "date_done", "days_taken:avg")

    @api.model
    def _provide_case_count(self, indicator, periods):
        return self._provide_cases(indicator, periods, "date_asked", "__count")

    @api.model
    def _provide_cases(self, indicator, periods, day, figure):
        """Return a figure of cases by period: of the indicator's service, else of its unit, else of the authority.

        :param str day: by which of its days a case belongs to a period; figures of finished cases are those of the
            day on which they were finished, so that no later case changes a period that was measured
        """
        domain = Domain("company_id", "=", indicator.company_id.id)
        domain &= Domain(day, ">=", periods[0].first) & Domain(day, "<=", periods[-1].last)
        if indicator.service_id:
            domain &= Domain("service_id", "=", indicator.service_id.id)
        elif indicator.department_id:
            domain &= Domain("department_id", "child_of", indicator.department_id.id)
        rows = self.env["feedback.case.report"]._read_group(domain, [f"{day}:{indicator.period}"], [figure])
        return {period_of(indicator.period, first): value for first, value in rows if value is not None}
