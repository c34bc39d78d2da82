from datetime import date

from odoo.tests import BaseCase

from ...lib import recurrence


class TestRecurrence(BaseCase):
    def test_counted_from_the_first_day(self):
        first = date(2027, 11, 30)
        days = [recurrence.nth(first, "quarter", 1, index) for index in range(4)]
        self.assertEqual(days, [first, date(2028, 2, 29), date(2028, 5, 30), date(2028, 8, 30)])
        self.assertEqual(recurrence.nth(first, "week", 2, 3), date(2028, 1, 11))
        self.assertEqual(recurrence.nth(date(2028, 2, 29), "year", 1, 1), date(2029, 2, 28))

    def test_end_by_day_or_by_number(self):
        first = date(2026, 1, 1)
        self.assertTrue(recurrence.has(first, "day", 1, 3, until=date(2026, 1, 4)))
        self.assertFalse(recurrence.has(first, "day", 1, 3, until=date(2026, 1, 3)))
        self.assertFalse(recurrence.has(first, "day", 1, 3, until=date(2026, 1, 9), times=3))

    def test_endless_is_refused(self):
        first = date(2026, 1, 1)
        for end in ({}, {"until": date(2999, 1, 1)}, {"times": 10000}):
            with self.assertRaises(recurrence.EndlessError):
                recurrence.check(first, "day", 1, **end)
        recurrence.check(first, "year", 1, until=date(2046, 1, 1))

    def test_calendar_ends_with_the_year_9999(self):
        first = date(2027, 1, 1)
        recurrence.check(first, "year", 20, until=date(2080, 1, 1))
        recurrence.check(first, "year", 100, times=500)
        self.assertTrue(recurrence.has(first, "year", 100, 79, times=500))
        for unit in recurrence.STEPS:
            self.assertFalse(recurrence.has(first, unit, 100, 100_000, times=1_000_000), unit)

    def test_what_was_missed(self):
        first = date(2026, 1, 5)
        due = recurrence.due(first, "week", 1, 0, date(2026, 1, 20), times=10)
        self.assertEqual(due, [1, 2, 3])
        self.assertEqual(recurrence.due(first, "week", 1, 0, date(2026, 1, 1), times=10), [1])
        self.assertEqual(recurrence.due(first, "week", 1, 9, date(2027, 1, 1), times=10), [])
