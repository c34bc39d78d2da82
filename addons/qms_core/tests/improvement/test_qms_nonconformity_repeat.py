from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import NonconformityCase


class TestRepeat(NonconformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env.ref("qms_core.nonconformity_category_queue")
        cls.process = cls._process()

    def _found(self, days, name="Queue of more than an hour on Monday", **vals):
        date = self.company._qms_today() - timedelta(days=days)
        return self._nonconformity(name=name, date_found=date, **vals)

    def test_similar_words_count(self):
        first, second = self._found(90, "Long queue on Mondays, more than an hour"), self._found(30)
        other = self._found(20, "Certificate with a wrong date")
        record = self._found(0)
        self.assertEqual(record.similar_ids, second | first)
        self.assertEqual(record.similar_count, 2)
        self.assertNotIn(other, record.similar_ids)

    def test_same_process_and_category_count_whatever_the_words(self):
        vals = {"process_id": self.process.id, "category_id": self.category.id}
        first = self._found(60, "Desk closed at noon", **vals)
        self._found(60, "Elsewhere", process_id=self._process("P-2").id, category_id=self.category.id)
        self.assertEqual(self._found(0, "Nobody at the window", **vals).similar_ids, first)

    def test_only_within_the_period_and_never_rejected_ones(self):
        old, rejected = self._found(200), self._found(10)
        rejected.with_user(self.head_user).action_reject("No.")
        record = self._found(0)
        self.assertEqual(record.similar_ids, old)
        self.company.qms_repeat_months = 3
        record.invalidate_recordset()
        self.assertFalse(record.similar_ids)

    def test_a_click_makes_it_a_repeat(self):
        first = self._found(90)
        second = self._found(30)
        second.with_user(self.head_user).action_confirm_repeat()
        self.assertEqual(second.repeat_of_id, first)
        third = self._found(0)
        self.assertFalse(third.repeat_of_id)
        third.with_user(self.head_user).action_confirm_repeat()
        # All repeat the first case, so that they are counted together.
        self.assertEqual(first.repeat_ids, second | third)
        third.with_user(self.head_user).action_deny_repeat()
        self.assertEqual((third.repeat_of_id.id, third.repeat_denied), (False, True))

    def test_the_first_case_repeats_none_of_its_repetitions(self):
        first, second = self._found(30), self._found(20)
        second.with_user(self.head_user).action_confirm_repeat()
        # The day of the first turns out to have been a later one.
        first.with_user(self.clerk_user).date_found = self.company._qms_today()
        self.assertEqual(first.similar_ids, second)
        first.with_user(self.head_user).action_confirm_repeat()
        self.assertFalse(first.repeat_of_id)
        self.assertEqual(second.repeat_of_id, first)

    def test_repetitions_of_a_repetition_repeat_the_first_case(self):
        second, third = self._found(20), self._found(10)
        third.with_user(self.head_user).action_confirm_repeat()
        self.assertEqual(third.repeat_of_id, second)
        first = self._found(40)
        second.with_user(self.head_user).action_confirm_repeat()
        self.assertEqual(first.repeat_ids, second | third)

    def test_only_who_answers_says_so(self):
        self._found(90)
        record = self._found(0)
        for step in ("action_confirm_repeat", "action_deny_repeat"):
            with self.assertRaises(AccessError):
                getattr(record.with_user(self.clerk_user), step)()
        with self.assertRaises(UserError):
            record.with_user(self.users["commissioner"]).write({"repeat_of_id": record.id})

    def test_the_count_tells_nothing_of_cases_one_may_not_read(self):
        self._found(30, user=self.clerk_user)
        record = self._found(0, user=self.stranger)
        self.assertEqual(record.with_user(self.stranger).similar_count, 0)
        self.assertEqual(record.with_user(self.head_user).similar_count, 1)
