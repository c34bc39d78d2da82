from datetime import timedelta

from odoo import api, models

from .qms_demo_story import COSTS, STORIES, make_costs, make_values

EXPLANATION = "Причину розібрано на нараді, захід внесено до плану роботи."
# How long after the end of a period it was explained.
EXPLAINED_AFTER = 12


class QmsDemo(models.AbstractModel):
    """Two years of indicators by a seeded story.

    What is over for long is written dated back, which no person could do; the last months are settled and explained
    through the same methods that people use.
    """

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        indicators = self._demo_indicators()
        self._measure_years(indicators)
        self._spend(indicators)

    @api.model
    def _demo_indicators(self):
        """Return the indicators of the city's workbook, as the coordinator: ``{code: indicator}``."""
        indicators = self._as("coordinator").with_context(tracking_disable=True).env["qms.indicator"]
        domain = [("company_id", "=", self.env.company.id), ("code", "in", list(STORIES))]
        return {indicator.code: indicator for indicator in indicators.search(domain)}

    @api.model
    def _measure_years(self, indicators):
        """Enter the values of two years and close what is over for long, with the explanations of its time."""
        today = self.env.company._qms_today()
        vals_list, reasons = [], {}
        for code, indicator in indicators.items():
            for day, value, why in make_values(code, indicator.period, today):
                vals_list.append({"indicator_id": indicator.id, "date": day, "value": value})
                reasons[indicator.id, day] = why
        measurements = self._as("coordinator").env["qms.measurement"].create(vals_list)
        old = measurements.filtered(lambda row: row.date < today - timedelta(days=self._demo_lately()))
        missed = old.filtered(lambda row: row.status == "missed")
        (old - missed)._transition({"state": "closed"})
        for row in missed:
            row._transition(
                {
                    "state": "explained",
                    "explanation": reasons[row.indicator_id.id, row.date] or EXPLANATION,
                    "explained_by_id": self._user("coordinator").id,
                    "date_explained": row.date + timedelta(days=EXPLAINED_AFTER),
                }
            )

    @api.model
    def _demo_lately(self):
        """Return how many days back people still settle and explain values themselves."""
        return 70

    @api.model
    def _spend(self, indicators):
        """Enter what two processes cost beside their results."""
        today = self.env.company._qms_today()
        self._as("coordinator").env["qms.cost"].create(
            [
                {
                    "indicator_id": indicators[code].id,
                    "process_id": indicators[code].process_id.id,
                    "date": day,
                    "amount": amount,
                }
                for code in COSTS
                if code in indicators
                for day, amount in make_costs(code, today)
            ]
        )
