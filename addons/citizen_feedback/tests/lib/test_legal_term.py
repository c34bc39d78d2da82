from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ...lib.legal_term import Term, extended, last_day


def after(day, count):
    """Return the working day after a day, of weeks from Monday to Friday."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


@tagged("-at_install", "post_install")
class TestLegalTerm(BaseCase):
    def test_calendar_days_begin_the_day_after(self):
        self.assertEqual(last_day(date(2026, 3, 2), Term(15), after), date(2026, 3, 17))
        self.assertEqual(last_day(date(2026, 12, 20), Term(30), after), date(2027, 1, 19))

    def test_a_month_ends_on_the_same_day_or_the_last_of_a_shorter_one(self):
        self.assertEqual(last_day(date(2026, 3, 10), Term(1, "month"), after), date(2026, 4, 10))
        self.assertEqual(last_day(date(2026, 1, 31), Term(1, "month"), after), date(2026, 2, 28))
        self.assertEqual(last_day(date(2028, 1, 31), Term(1, "month"), after), date(2028, 2, 29))

    def test_working_days_pass_over_weekends(self):
        friday = date(2026, 3, 6)
        self.assertEqual(last_day(friday, Term(1, "working"), after), date(2026, 3, 9))
        self.assertEqual(last_day(friday, Term(5, "working"), after), date(2026, 3, 13))

    def test_a_last_day_off_moves_as_the_law_says(self):
        start, saturday = date(2026, 3, 7) - timedelta(days=15), date(2026, 3, 7)
        self.assertEqual(last_day(start, Term(15), after), saturday)
        self.assertEqual(last_day(start, Term(15), after, "next"), date(2026, 3, 9))
        self.assertEqual(last_day(start, Term(15), after, "previous"), date(2026, 3, 6))
        self.assertEqual(last_day(start, Term(16), after, "previous"), date(2026, 3, 6))

    def test_a_working_last_day_does_not_move(self):
        for roll in ("none", "next", "previous"):
            self.assertEqual(last_day(date(2026, 3, 2), Term(15), after, roll), date(2026, 3, 17))

    def test_extension_stops_at_the_most_that_the_law_allows(self):
        start, first = date(2026, 3, 2), date(2026, 4, 2)
        self.assertEqual(extended(start, first, Term(45), Term(45), after), date(2026, 4, 16))
        self.assertEqual(extended(start, first, Term(10), Term(45), after), date(2026, 4, 12))
        self.assertEqual(extended(start, first, Term(30), Term(0), after), date(2026, 5, 2))

    def test_no_days_is_no_term(self):
        self.assertFalse(Term(0))
        self.assertTrue(Term(1))
