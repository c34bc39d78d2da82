from odoo.exceptions import AccessError, UserError

from .common import NonconformityCase


class TestWhoTookPart(NonconformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer_user = cls.users["quality_officer"]

    def _check(self, record, user):
        record.with_user(user).write({"effect": "Mine is effective"})

    def test_deputy_of_an_action_does_not_check_its_effect(self):
        record, action = self._planned()
        action.with_user(self.head_user).deputy_ids = self.officer_user
        record.with_user(self.head_user).action_start()
        self._do(action)
        record.with_user(self.head_user).action_verify_effect()
        with self.assertRaisesRegex(AccessError, "another person"):
            self._check(record, self.officer_user)

    def test_who_handed_the_work_over_does_not_check_it(self):
        record, action = self._planned()
        action.with_user(self.head_user).responsible_id = self.officer
        record.with_user(self.head_user).action_start()
        action.with_user(self.head_user).responsible_id = self.clerk
        self._do(action)
        self.assertEqual(action.former_user_ids, self.officer_user)
        with self.assertRaisesRegex(AccessError, "You did the work"):
            action.with_user(self.officer_user).action_check()
        record.with_user(self.head_user).action_verify_effect()
        with self.assertRaisesRegex(AccessError, "another person"):
            self._check(record, self.officer_user)

    def test_who_answered_for_it_before_does_not_check_it(self):
        record = self._in_verification()
        coordinator = record.with_user(self.users["coordinator"])
        coordinator.responsible_id = self.officer
        coordinator.responsible_id = self.head
        with self.assertRaisesRegex(AccessError, "another person"):
            self._check(record, self.officer_user)

    def test_before_the_work_nobody_took_part(self):
        record = self._nonconformity()
        action = self._action(record, responsible=self.officer)
        for work in (record, action):
            work.with_user(self.users["coordinator"]).responsible_id = self.clerk
            self.assertFalse(work.former_user_ids)

    def test_who_worked_on_an_archived_action_does_not_check(self):
        record = self._in_verification()
        record.action_ids.with_user(self.users["coordinator"]).copy({"responsible_id": self.clerk.id})
        added = record.action_ids.filtered(lambda action: action.state == "draft")
        self.assertEqual(added.create_uid, self.users["coordinator"])
        added.with_user(self.users["coordinator"]).action_archive()
        with self.assertRaisesRegex(AccessError, "another person"):
            self._check(record, self.users["coordinator"])

    def test_nobody_types_in_who_took_part(self):
        record, action = self._planned()
        for kept in (record, action):
            with self.assertRaises(UserError):
                kept.with_user(self.head_user).write({"former_user_ids": [(5,)]})
