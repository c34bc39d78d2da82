from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import date_utils
from odoo.tools.translate import LazyTranslate

from ...lib.check import HINT, MODERATE, Check, Hit

_lt = LazyTranslate(__name__)
PERIODS = {
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
# Values of a period are there this long after its end.
GRACE = relativedelta(days=15)


class QmsCheck(models.AbstractModel):
    """Indicators that say nothing."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "indicator_unmeasured": Check(
                self.env._("Indicator without value"),
                MODERATE,
                self._check_indicator_unmeasured,
                self.env._("Enter the value of the last period, or archive the indicator."),
            ),
            "indicator_broken": Check(
                self.env._("Indicator that can't be computed"),
                MODERATE,
                self._check_indicator_broken,
                self.env._("Open the indicator, read why, and mend its source."),
            ),
            "indicator_unexplained": Check(
                self.env._("Missed target without explanation"),
                MODERATE,
                self._check_indicator_unexplained,
                self.env._("Let the owner explain why the target was missed and what is done about it."),
            ),
            "indicator_without_owner": Check(
                self.env._("Indicator without owner"),
                HINT,
                self._check_indicator_without_owner,
                self.env._("Choose the role that answers for the value."),
            ),
        }

    def _check_indicator_unmeasured(self):
        today = self.env.company._qms_today()
        hits = []
        for period, length in PERIODS.items():
            # The last period whose values are due; who was made later owes none of it.
            end = date_utils.start_of(today - GRACE, period)
            start = end - length
            indicators = self.env["qms.indicator"].search(
                self._own(("period", "=", period), ("create_date", "<", datetime.combine(end, time.min)))
                & Domain("measurement_ids", "not any", [("date", ">=", start)])
            )
            sentence = _lt("There is no value for the period that began on %(day)s.", day=start)
            hits += [Hit(indicator, sentence, unit=self._indicator_unit(indicator)) for indicator in indicators]
        return hits

    def _check_indicator_broken(self):
        # The error itself may name what not everybody may read; the indicator shows it to its readers.
        indicators = self.env["qms.indicator"].search(self._own(("source_error", "not in", (False, ""))))
        sentence = _lt("The source of the indicator fails, so that it gets no new values.")
        return [Hit(indicator, sentence, unit=self._indicator_unit(indicator)) for indicator in indicators]

    def _check_indicator_unexplained(self):
        today = self.env.company._qms_today()
        late = self.env["qms.measurement"].search(self._own(("state", "=", "waiting"), ("date_deadline", "<", today)))
        return [
            Hit(
                indicator,
                _lt("Missed targets whose explanation is late: %(count)s.", count=len(rows)),
                unit=self._indicator_unit(indicator),
            )
            for indicator, rows in late.grouped("indicator_id").items()
            if indicator.active
        ]

    def _check_indicator_without_owner(self):
        sentence = _lt("Nobody answers for the value of the indicator.")
        # That of the model check belongs to who keeps the model.
        other = ("code", "!=", self.env["qms.check.run"]._indicator_code)
        indicators = self.env["qms.indicator"].search(self._own(("owner_role_id", "=", False), other))
        return [Hit(indicator, sentence, unit=self._indicator_unit(indicator)) for indicator in indicators]

    def _indicator_unit(self, indicator):
        return indicator.department_id or indicator.owner_role_id.department_id
