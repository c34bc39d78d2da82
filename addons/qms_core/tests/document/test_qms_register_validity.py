from datetime import timedelta

from dateutil.relativedelta import relativedelta

from .register_common import RegisterCase


class TestQmsRegisterValidity(RegisterCase):
    """A certificate or a contract ends: its keeper is called before that, not only at the next review."""

    def setUp(self):
        super().setUp()
        self.soon = self.today + timedelta(days=20)
        self.regular = self.today + relativedelta(months=6)

    def _called_by(self, entry):
        self.env.flush_all()
        return entry.activity_ids.mapped("date_deadline")

    def test_it_is_reviewed_before_it_ends(self):
        entry = self._in_use(date_valid_to=self.soon)
        self.assertEqual((entry.date_deadline, self._called_by(entry)), (self.soon, [self.soon]))
        entry.with_user(self.clerk_user)._review("fit", "All well")
        self.assertEqual(entry.date_deadline, self.soon)

    def test_an_end_that_is_entered_later_brings_the_review_forward(self):
        entry = self._in_use()
        self.assertEqual(entry.date_deadline, self.regular)
        entry.with_user(self.officer_user).date_valid_to = self.soon
        self.assertEqual((entry.date_deadline, self._called_by(entry)), (self.soon, [self.soon]))

    def test_a_renewal_puts_no_review_off(self):
        entry = self._in_use(date_valid_to=self.soon)
        entry.with_user(self.officer_user).date_valid_to = self.today + timedelta(days=700)
        self.assertEqual(entry.date_deadline, self.soon, "The renewed contract is looked at first.")
        entry.with_user(self.clerk_user)._review("fit", "Renewed")
        self.assertEqual(entry.date_deadline, self.regular)

    def test_what_has_ended_is_reviewed_by_the_calendar(self):
        entry = self._in_use()
        entry.with_user(self.officer_user).date_valid_to = self.today - timedelta(days=1)
        self.assertEqual((entry.date_deadline, entry.is_current), (self.regular, False))

    def test_a_draft_has_no_review_yet(self):
        entry = self._entry()
        entry.with_user(self.officer_user).date_valid_to = self.soon
        self.assertFalse(entry.date_deadline)
