from odoo import models
from odoo.fields import Domain

from odoo.addons.qms_core.lib.periods import Period


class FeedbackCaseStatistics(models.TransientModel):
    """What citizens' marks have to do with terms and visits."""

    _inherit = "feedback.case.statistics"

    # === BUSINESS METHODS === #

    def _correlations(self):
        by_days = self.env._("Days taken – citizens' mark")
        by_visits = self.env._("Visits – citizens' mark")
        return [*super()._correlations(), ("days", "mark", by_days), ("visits", "mark", by_visits)]

    def _monthly(self):
        """Add the average mark of each month of each service; of a service point or channel it is not known."""
        monthly = super()._monthly()
        for (service_id, month), mark in self._monthly_marks().items():
            if (service_id, month) in monthly:
                monthly[service_id, month]["mark"] = mark
        return monthly

    def _monthly_marks(self):
        company = self.company_id
        period = Period(self.date_from, self.date_to)
        domain = Domain(self.env["qms.indicator"]._moments("date", [period], company))
        domain &= Domain("company_id", "=", company.id) & Domain("state", "=", "ok")
        if self.service_id:
            domain &= Domain("service_id", "=", self.service_id._origin.id)
        ratings = self.env["feedback.rating"].with_context(tz=company._qms_zone().zone)
        rows = ratings._read_group(domain, ["service_id", "date:month"], ["score:avg"])
        return {(service.id, moment.date()): mark for service, moment, mark in rows}
