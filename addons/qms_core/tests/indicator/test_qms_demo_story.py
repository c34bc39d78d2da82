from collections import Counter
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.qms_core.models.indicator.qms_demo_story import COSTS, STORIES, make_costs, make_values

TODAY = date(2026, 3, 17)


class TestDemoStory(BaseCase):
    def test_thirty_indicators_the_same_for_everybody(self):
        self.assertEqual(len(STORIES), 30)
        for code in STORIES:
            self.assertEqual(make_values(code, "month", TODAY), make_values(code, "month", TODAY))
        self.assertNotEqual(make_values("I-01", "month", TODAY), make_values("I-01", "month", TODAY, seed=1))

    def test_two_years_that_are_over(self):
        for kind, count in (("month", 24), ("quarter", 8), ("year", 2)):
            rows = make_values("I-01", kind, TODAY)
            self.assertEqual(len(rows), count)
            self.assertLess(rows[-1][0], TODAY)

    def test_special_periods_are_told_and_stand_out(self):
        rows = make_values("I-04", "month", TODAY)
        told = [index for index, row in enumerate(rows) if row[2]]
        self.assertEqual(told, [21])
        self.assertGreater(rows[21][1], rows[20][1] + 4)

    def test_nothing_is_more_than_all(self):
        shares = [value for code in ("I-01", "I-03", "I-12") for _day, value, _why in make_values(code, "month", TODAY)]
        self.assertLessEqual(max(shares), 100)

    def test_costs_stand_beside_results(self):
        for code in COSTS:
            days = [day for day, _amount in make_costs(code, TODAY)]
            self.assertEqual(days, [day for day, _value, _why in make_values(code, "month", TODAY)])
            self.assertEqual(max(Counter(days).values()), 1)
