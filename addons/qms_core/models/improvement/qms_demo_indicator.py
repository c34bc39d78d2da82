from dateutil.relativedelta import relativedelta

from odoo import api, models

# Whose values are counted from what the city itself has done: code -> settings of the source.
SOURCES = {
    "I-10": {"source": "provider", "provider": "actions_in_term"},
    "I-19": {"source": "provider", "provider": "nonconformities_in_term"},
    "I-20": {
        "source": "computed",
        "source_model": "qms.nonconformity",
        "source_measure": "count",
        "source_date": "date_found",
    },
    "I-21": {
        "source": "computed",
        "source_model": "qms.nonconformity",
        "source_domain": "[('state', '=', 'closed')]",
        "source_measure": "average",
        "source_field": "days_to_close",
        "source_date": "date_closed",
    },
    "I-22": {
        "source": "computed",
        "source_model": "qms.nonconformity",
        "source_measure": "share",
        "share_domain": "[('severity', '=', 'critical')]",
        "source_date": "date_found",
    },
}
# The months of which the city has records; what is older was taken over from paper.
MONTHS = 9
# After how many missed periods in a row a nonconformity is raised.
RULES = {"I-07": 2, "I-01": 2, "I-03": 2, "I-30": 3}
# Explained by the coordinator; what is not among them still waits for its owner.
STILL_AWAITED = ("I-04", "I-07")
EXPLANATION = "Причину з’ясовано з виконавцями; строк і відповідального за усунення визначено."


class QmsDemo(models.AbstractModel):
    """The city measures itself: some indicators are counted from its own records, and misses are asked about."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        indicators = self._demo_indicators()
        self._count_from_records(indicators)
        for code, count in RULES.items():
            if code in indicators:
                indicators[code].nonconformity_after = count
        self._settle_lately(indicators)

    @api.model
    def _count_from_records(self, indicators):
        """Let the values of the last months be counted instead of those of the story."""
        since = self.env.company._qms_today() - relativedelta(months=MONTHS)
        counted = self.env["qms.indicator"].union(*(indicators[code] for code in SOURCES if code in indicators))
        # sudo: rows that were closed above give way to counted ones; nobody could do that through the screens.
        rows = counted.sudo().measurement_ids.filtered(lambda row: row.date_start >= since)
        rows._transition({"state": "open"})
        rows.unlink()
        for code, vals in SOURCES.items():
            if code in indicators:
                indicators[code].write({**vals, "measured_from": since})
        counted.sudo()._measure()  # sudo: as the cron does

    @api.model
    def _settle_lately(self, indicators):
        """Settle the last months as the cron does, and explain most of the misses."""
        rows = self.env["qms.measurement"].union(*(indicator.measurement_ids for indicator in indicators.values()))
        rows.sudo()._settle()  # sudo: as the cron does
        waiting = rows.filtered(lambda row: row.state == "waiting" and row.indicator_id.code not in STILL_AWAITED)
        waiting.with_user(self._user("coordinator")).action_explain(EXPLANATION)
