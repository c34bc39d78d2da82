from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class TestQmsDeadlineMixin(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief_user = cls._user("chief")
        cls.chief = cls._employee(cls.chief_user)
        cls.head.parent_id = cls.chief
        cls.today = cls.company._qms_today()

    def _action(self, days=10, **vals):
        action = self.env["qms.action"].create(
            {
                "name": "Do it",
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.today + timedelta(days=days),
                **vals,
            }
        )
        action.action_start()
        return action

    def _activities(self, record, user=None):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["mail.activity"].search(domain + ([("user_id", "=", user.id)] if user else []))

    def _run(self, days=0):
        moved = self.today + timedelta(days=days)
        with (
            patch.object(type(self.env.company), "_qms_today", lambda company: moved),
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
        ):
            self.env["qms.deadline.mixin"]._cron_deadlines()

    def test_planned_action_calls_nobody(self):
        action = self.env["qms.action"].create(
            {
                "name": "Later",
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.today,
            }
        )
        self.assertFalse(self._activities(action))

    def test_one_activity_and_no_mail(self):
        mails = self.env["mail.mail"].search_count([])
        action = self._action()
        self.assertEqual(self._activities(action).user_id, self.clerk_user)
        self._run(days=8)
        self.assertEqual(len(self._activities(action)), 1)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_escalation_once_per_level_and_caught_up(self):
        action = self._action(days=1)
        self._run(days=1)
        self.assertFalse(self._activities(action, self.head_user))
        # The cron did not run for three weeks: all levels are told, each once.
        self._run(days=22)
        self.assertEqual(len(self._activities(action, self.head_user)), 1)
        self.assertEqual(len(self._activities(action, self.chief_user)), 1)
        count = len(self._activities(action))
        self._run(days=22)
        self._run(days=40)
        self.assertEqual(len(self._activities(action)), count)

    def test_new_deadline_starts_over(self):
        action = self._action(days=1)
        self._run(days=3)
        self.assertEqual(action.escalation_level, 1)
        action.with_user(self.users["coordinator"])._postpone(self.today + timedelta(days=30), "Paper is missing")
        self.assertEqual(action.escalation_level, 0)
        self.assertEqual(self._activities(action).user_id, self.clerk_user)
        self.assertEqual(self._activities(action).date_deadline, self.today + timedelta(days=30))

    def test_new_person_takes_over(self):
        action = self._action()
        action.with_user(self.users["coordinator"]).write({"responsible_id": self.head.id})
        self.assertEqual(self._activities(action).user_id, self.head_user)

    def test_the_same_person_and_day_start_nothing_over(self):
        action = self._action(days=1)
        self._run(days=3)
        calls = self._activities(action)
        self.assertEqual(action.escalation_level, 1)
        action.sudo().write({"date_deadline": action.date_deadline, "responsible_id": self.clerk.id})
        self.assertEqual((action.escalation_level, self._activities(action)), (1, calls))

    def test_new_person_ends_what_was_said_about_the_old_one(self):
        action = self._action(days=1)
        self._run(days=3)
        action.sudo().responsible_id = self.officer
        self.assertEqual(self._activities(action).user_id, self.officer.user_id)

    def test_calls_of_others_stay(self):
        action = self._action()
        action._call_to_act(self.head_user, self.today, "Sign the estimate")
        action.with_user(self.users["coordinator"]).date_deadline = self.today + timedelta(days=5)
        self.assertEqual(self._activities(action, self.head_user).summary, "Sign the estimate")
        self.assertEqual(self._activities(action, self.clerk_user).date_deadline, action.date_deadline)

    def test_who_has_to_name_somebody_is_called_until_it_is_done(self):
        record = self._nonconformity(department_id=False)
        called = self._activities(record)
        self.assertEqual(called.user_id, self.users["coordinator"])
        record.sudo().date_deadline = self.today + timedelta(days=2)
        self.assertTrue(called.exists())
        record.sudo().responsible_id = self.clerk
        self.assertFalse(called.exists())
        self.assertEqual(self._activities(record).user_id, self.clerk_user)

    def test_late_by_the_day_of_each_authority(self):
        action = self._action(days=0)
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"
        self.other_company.resource_calendar_id.tz = "Pacific/Pago_Pago"
        both = (self.other_company | self.company).ids
        now = datetime.combine(action.date_deadline, datetime.min.time()).replace(hour=12)
        with freeze_time(now):
            actions = self.env["qms.action"].with_context(allowed_company_ids=both)
            action.invalidate_recordset(["is_late"])
            self.assertTrue(action.is_late, "There it is the next day already.")
            self.assertEqual(actions.search([("is_late", "=", True), ("id", "=", action.id)]), action)
            self.assertFalse(actions.search([("is_late", "=", False), ("id", "=", action.id)]))

    def test_done_duties_are_silent(self):
        action = self._action(days=1)
        action.with_user(self.clerk_user).write({"evidence": "A letter"})
        action.with_user(self.clerk_user).action_done()
        self.assertFalse(self._activities(action))
        self._run(days=20)
        self.assertFalse(self._activities(action))

    def test_stop_in_the_middle(self):
        actions = [self._action(days=1) for _index in range(3)]
        with (
            patch.object(type(self.env.company), "_qms_today", lambda company: self.today + timedelta(days=3)),
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 0),
            patch("odoo.addons.qms_core.models.kernel.qms_deadline_cron.BATCH", 1),
        ):
            self.env["qms.deadline.mixin"]._cron_deadlines()
        self._run(days=3)
        for action in actions:
            self.assertEqual(len(self._activities(action, self.head_user)), 1)

    def test_late_is_searched_like_it_is_shown(self):
        late, timely = self._action(days=-1), self._action(days=1)
        found = self.env["qms.action"].search([("is_late", "=", True), ("id", "in", (late + timely).ids)])
        self.assertEqual(found, late)
        self.assertTrue(late.is_late)
        self.assertFalse(timely.is_late)
        others = self.env["qms.action"].search([("is_late", "=", False), ("id", "in", (late + timely).ids)])
        self.assertEqual(others, timely)

    def test_digest_once_a_day(self):
        self._action(days=2)
        self._action(days=-2)
        mails = self.env["mail.mail"]

        def digests():
            return mails.search([("email_to", "ilike", "clerk@city.example")])

        for _run in range(2):
            with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
                self.env["qms.deadline.mixin"]._cron_digest()
        self.assertEqual(len(digests()), 1)
        self.assertIn("Do it", digests().body_html)
        self.assertFalse(mails.search([("email_to", "ilike", "stranger@city.example")]))

    def test_digest_can_be_switched_off(self):
        self._action(days=2)
        self.clerk_user.with_user(self.clerk_user).qms_duty_digest = False
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["qms.deadline.mixin"]._cron_digest()
        self.assertFalse(self.env["mail.mail"].search([("email_to", "ilike", "clerk@city.example")]))

    def test_today_is_the_authority_s(self):
        self.company.resource_calendar_id.tz = "Asia/Vladivostok"
        self.other_company.resource_calendar_id.tz = "Europe/Kaliningrad"
        with freeze_time(datetime(2026, 3, 1, 21, 30)):
            self.assertEqual(self.company._qms_today(), date(2026, 3, 2))
            self.assertEqual(self.other_company._qms_today(), date(2026, 3, 1))
