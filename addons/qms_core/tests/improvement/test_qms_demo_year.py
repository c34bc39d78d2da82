from collections import Counter
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib.statistics import Rule, individuals, pareto
from odoo.addons.qms_core.models.improvement.qms_demo_year import MONTHS, make_year

TODAY = date(2026, 3, 17)


class TestDemoYear(BaseCase):
    """The year is the same for everybody, and shows what it is to show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = make_year(TODAY)

    def test_same_day_same_year(self):
        self.assertEqual(self.cases, make_year(TODAY))
        self.assertNotEqual(self.cases, make_year(TODAY, seed=1))

    def test_size(self):
        works = [work for case in self.cases for work in case.works]
        self.assertTrue(110 <= len(self.cases) <= 130, len(self.cases))
        self.assertTrue(170 <= len(works) <= 230, len(works))
        self.assertTrue(any(work.done and work.done > work.due for work in works))
        self.assertTrue(any(work.done and work.done <= work.due for work in works))

    def test_nothing_lies_in_the_future_and_nothing_ends_before_it_began(self):
        for case in self.cases:
            self.assertLessEqual(case.found, TODAY)
            if case.closed_after is not None:
                self.assertTrue(0 < case.closed_after < (TODAY - case.found).days)
            for work in case.works:
                if work.done is not None:
                    self.assertLess(work.done, (TODAY - case.found).days)

    def test_every_stage_occurs(self):
        states = {case.state for case in self.cases}
        self.assertEqual(states, {"reported", "analysis", "work", "verification", "closed", "rejected"})

    def test_special_month_is_a_signal_and_few_causes_make_most(self):
        months = Counter((case.found.year, case.found.month) for case in self.cases)
        values = [count for _month, count in sorted(months.items())][: len(MONTHS)]
        chart = individuals(values, floor=0)
        self.assertEqual([index for index, point in enumerate(chart.points) if Rule.BEYOND in point.rules], [4])
        bars = pareto(Counter(case.trouble.bone for case in self.cases))
        self.assertEqual((bars[0].key, bars[0].share > 50), ("methods", True))
        self.assertLess(sum(bar.vital for bar in bars), len(bars))
