import doctest
from datetime import date, timedelta

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import acknowledging
from odoo.addons.qms_core.lib.acknowledging import Absence, changes, deadline_at_work

TODAY = date(2026, 3, 2)


class TestAcknowledging(BaseCase):
    def test_examples_of_the_documentation(self):
        result = doctest.testmod(acknowledging)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)

    def test_an_absence_without_end_moves_the_deadline_only_when_it_is_near(self):
        away = [Absence(date(2026, 2, 1))]
        far, near = TODAY + timedelta(days=20), TODAY + timedelta(days=3)
        self.assertEqual(deadline_at_work(far, away, TODAY), far)
        self.assertEqual(deadline_at_work(near, away, TODAY), TODAY + timedelta(days=30))
        moved = deadline_at_work(near, away, TODAY)
        self.assertEqual(deadline_at_work(moved, away, TODAY), moved, "The next night leaves it there.")

    def test_an_absence_that_ends_before_the_deadline_moves_nothing(self):
        away = [Absence(date(2026, 3, 2), date(2026, 3, 9))]
        self.assertEqual(deadline_at_work(date(2026, 3, 10), away, TODAY), date(2026, 3, 10))

    def test_who_was_asked_is_not_asked_again(self):
        found = changes({1: {7}}, {1: {7}}, {})
        self.assertEqual((found.missing, found.needless), ([], []))

    def test_of_an_earlier_version_nobody_is_asked_any_more(self):
        found = changes({2: {7}}, {}, {1: {7, 8}})
        self.assertEqual(found.missing, [(2, 7)])
        self.assertEqual(found.needless, [(1, 7), (1, 8)])
