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
