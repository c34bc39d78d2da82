import doctest
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import measuring, periods
from odoo.addons.qms_core.lib.periods import EndlessError, Period, before, finished, period_of


class TestPeriods(BaseCase):
    def test_examples(self):
        for module in (periods, measuring):
            self.assertEqual(doctest.testmod(module).failed, 0)
            self.assertGreater(doctest.testmod(module).attempted, 2)

    def test_every_day_lies_in_its_period(self):
        for kind, count in (("month", 12), ("quarter", 4), ("year", 1)):
            spans = {period_of(kind, date(2028, month, day)) for month in range(1, 13) for day in (1, 28)}
            self.assertEqual(len(spans), count)
            days = sum((span.last - span.first).days + 1 for span in spans)
            self.assertEqual(days, 366, "2028 is a leap year, and no day is lost or counted twice.")

    def test_before(self):
        self.assertEqual(before("quarter", period_of("quarter", date(2026, 2, 1))).first, date(2025, 10, 1))

    def test_finished_periods_have_no_gap(self):
        found = finished("month", date(2024, 11, 20), date(2026, 11, 22))
        self.assertEqual(len(found), 24)
        self.assertEqual(found[0], Period(date(2024, 11, 1), date(2024, 11, 30)))
        self.assertEqual(found[-1].last, date(2026, 10, 31))

    def test_a_period_ends_with_its_last_day(self):
        self.assertEqual(finished("month", date(2026, 1, 1), date(2026, 1, 31)), [])
        self.assertEqual(len(finished("month", date(2026, 1, 1), date(2026, 2, 1))), 1)

    def test_until(self):
        found = finished("year", date(2020, 5, 1), date(2026, 1, 1), until=date(2022, 3, 1))
        self.assertEqual([period.first.year for period in found], [2020, 2021, 2022])

    def test_what_never_ends_is_refused(self):
        with self.assertRaises(EndlessError):
            finished("month", date(202, 1, 1), date(2026, 1, 1))
        with self.assertRaises(EndlessError):
            finished("month", date(2026, 1, 1), date(2026, 6, 1), until=date(2025, 1, 1))
        with self.assertRaises(KeyError):
            period_of("fortnight", date(2026, 1, 1))


class TestMeasuring(BaseCase):
    def test_a_threshold_on_the_target_leaves_no_amber(self):
        lights = {measuring.judge(value, 95, 95, "higher") for value in (94.9, 95, 95.1)}
        self.assertEqual(lights, {"met", "missed"})

    def test_sums_of_decimals_meet_their_target(self):
        self.assertEqual(measuring.judge(0.1 + 0.2, 0.3, 0.3, "lower"), "met")

    def test_row_of_misses(self):
        self.assertEqual(measuring.missed_in_a_row([]), 0)
        self.assertEqual(measuring.missed_in_a_row(["missed", "near"]), 0)
