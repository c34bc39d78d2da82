from collections import Counter
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import format_date

from ...lib import statistics

# Limits from fewer points are shown as preliminary.
ENOUGH_POINTS = 10
# A chart of more points can't be read, nor its periods be told apart.
MOST_POINTS = 160


class QmsImprovementAnalysis(models.AbstractModel):
    """How many were found over time, with the limits of what is chance."""

    _inherit = "qms.improvement.analysis"

    # === TREND === #

    @api.model
    def _trend(self, pairs, chosen):
        """Return the control chart of how many were found in each whole month or week of the period."""
        terms = self._terms(chosen)
        by_day = Counter()
        for found, _closed, count in pairs:
            by_day[found] += count
        values = [0] * len(terms)
        for day, count in by_day.items():
            for index, (first, last) in enumerate(terms):
                if first <= day <= last:
                    values[index] += count
        rules = self._rules()
        trend = {"points": [], "rules": [[name, text] for name, text in rules.items()], "limits": None, "hint": ""}
        if len(values) < 2:
            trend["hint"] = self.env._("A trend needs two whole months or weeks. Choose a longer period.")
            return trend
        chart = statistics.individuals(values, floor=0)
        trend["limits"] = {
            name: round(getattr(chart, name), 2) for name in ("mean", "lower", "upper", "mean_range", "upper_range")
        }
        trend["points"] = [
            {
                "label": self._term_label(first, chosen["term"]),
                "value": point.value,
                "range": point.moving_range,
                "rules": sorted(rule.value for rule in point.rules),
                "domain": list(self._between("date_found", first, last)),
            }
            for (first, last), point in zip(terms, chart.points, strict=True)
        ]
        trend["hint"] = self._trend_hint(chart)
        return trend

    @api.model
    def _terms(self, chosen):
        """Return the first and last days of the whole months or weeks in the period that are over."""
        end = min(chosen["date_to"], self.env.company._qms_today() - timedelta(days=1))
        step = relativedelta(months=1) if chosen["term"] == "month" else relativedelta(weeks=1)
        first = chosen["date_from"]
        if chosen["term"] == "month":
            first = first if first.day == 1 else first.replace(day=1) + step
        else:
            first += timedelta(days=-first.weekday() % 7)
        terms = []
        while (last := first + step - timedelta(days=1)) <= end:
            terms.append((first, last))
            first += step
        return terms[-MOST_POINTS:]

    @api.model
    def _term_label(self, first, term):
        if term == "month":
            return format_date(self.env, first, date_format="LLL yyyy")
        return format_date(self.env, first, date_format="d MMM yy")

    @api.model
    def _rules(self):
        """Return why a point is a signal, in words (Nelson 1984)."""
        return {
            "beyond": self.env._("One point beyond a limit (rule 1)"),
            "one_side": self.env._("Nine points in a row on the same side of the mean (rule 2)"),
            "trend": self.env._("Six points in a row rising or falling (rule 3)"),
            "range": self.env._("A jump: the moving range is beyond its limit"),
        }

    @api.model
    def _trend_hint(self, chart):
        if chart.in_control:
            hint = self.env._(
                "Stable: the ups and downs are chance. To have fewer, change the process, "
                "don't ask about single months."
            )
        else:
            hint = self.env._("There are signals: find out what was special then.")
        if len(chart.points) < ENOUGH_POINTS:
            hint += " " + self.env._("The limits come from few points and are preliminary.")
        return hint
