from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class TestQmsDeadlinePeople(QmsCase):
    """Who is addressed when the responsible person is away, gone, or can't be reached."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.role = cls._role("R-CLERK", kind="position")
        cls.stand_in_user = cls._user("stand_in")
        cls.stand_in = cls._employee(cls.stand_in_user)

    def _action(self, days=2, responsible=None, **vals):
        action = self.env["qms.action"].create(
            {
                "name": "Do it",
                "company_id": self.company.id,
                "responsible_id": (responsible or self.clerk).id,
                "date_deadline": self.today + timedelta(days=days),
                **vals,
            }
        )
        action.action_start()
        return action

    def _order(self, acted_for=None, days=5, employee=None):
        """An order by which somebody acts for the clerk on leave."""
        return self.env["qms.role.holder"].create(
            {
                "role_id": self.role.id,
                "employee_id": (employee or self.stand_in).id,
                "kind": "acting",
                "acted_for_id": (acted_for or self.clerk).id,
                "reason": "leave",
                "date_from": self.today,
                "date_to": self.today + timedelta(days=days),
            }
        )

    def _calls(self, record):
        return self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])

    def _run(self, days=0, method="_cron_deadlines"):
        moved = self.today + timedelta(days=days)
        with (
            patch.object(type(self.env.company), "_qms_today", lambda company: moved),
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
        ):
            getattr(self.env["qms.deadline.mixin"], method)()

    def _digest_of(self, user):
        return self.env["mail.mail"].search([("email_to", "ilike", user.email)])

    def test_duty_goes_to_who_stands_in_as_well(self):
        self._order()
        action = self._action()
        self.assertEqual(self._calls(action).user_id, self.clerk_user | self.stand_in_user)
        call = self._calls(action).filtered(lambda activity: activity.user_id == self.stand_in_user)
        self.assertIn(self.clerk.name, call.summary)
        self.assertIn(self.stand_in.name, action.duty_warning)
        self.assertTrue(action.with_user(self.stand_in_user).is_mine)
        self.assertFalse(action.with_user(self.stranger).is_mine)

    def test_leave_that_began_after_the_call(self):
        action = self._action()
        self.assertEqual(self._calls(action).user_id, self.clerk_user)
        self._order()
        self._run()
        self.assertEqual(self._calls(action).user_id, self.clerk_user | self.stand_in_user)
        self.assertEqual(len(self._calls(action)), 2, "Who was called already is not called twice.")

    def test_who_stands_in_reads_and_finds_the_duty_while_he_does(self):
        action = self._action()
        actions = self.env["qms.action"].with_user(self.stand_in_user)
        self.assertFalse(actions.search([("id", "=", action.id)]))
        order = self._order()
        self.assertEqual(actions.search([("is_mine", "=", True)]), action)
        self.assertEqual(action.with_user(self.stand_in_user).name, "Do it")
        order.date_from = self.today - timedelta(days=9)
        order.date_to = self.today - timedelta(days=1)
        self.assertFalse(actions.search([("is_mine", "=", True)]))

    def test_dismissed_person_gets_no_duty(self):
        self.clerk.active = False
        with self.assertRaisesRegex(UserError, "no longer works here"):
            self._action()
        action = self._action(responsible=self.head)
        with self.assertRaisesRegex(UserError, "no longer works here"):
            action.responsible_id = self.clerk

    def test_duties_of_the_dismissed_are_told_to_the_chief(self):
        action = self._action(days=30)
        self.assertFalse(action.duty_warning)
        self.clerk.active = False
        self.assertEqual(self._calls(action).user_id, self.head_user)
        self.assertIn(self.clerk.name, self._calls(action).summary)
        self.assertIn("no longer works here", action.duty_warning)
        self._run(days=29)
        self.assertEqual(len(self._calls(action)), 1, "The chief is reminded of it by the call that he has.")

    def test_who_has_no_login_is_replaced_by_the_chief(self):
        driver = self.env["hr.employee"].create(
            {"name": "Driver", "company_id": self.company.id, "department_id": self.unit.id, "parent_id": self.head.id}
        )
        action = self._action(responsible=driver)
        self.assertEqual(self._calls(action).user_id, self.head_user)
        self.assertIn("no login", action.duty_warning)

    def test_absent_chief_is_replaced_and_an_unreachable_one_left_out(self):
        boss_user = self._user("boss")
        boss = self._employee(boss_user)
        self.head.parent_id = boss
        action = self._action(days=-1)
        self._order(acted_for=self.head)
        self._run()
        self.assertEqual(self._calls(action).user_id, self.clerk_user | self.stand_in_user)
        late = self._action(days=-1)
        self.head_user.active = False
        self.env["qms.role.holder"].search([("acted_for_id", "=", self.head.id)]).unlink()
        self._run()
        self.assertEqual(self._calls(late).user_id, self.clerk_user | boss_user)

    def test_late_duty_is_on_somebody_s_list_and_digest(self):
        """Whatever happened to its people, and whoever ticked off his call."""
        alone = self.env["hr.employee"].create({"name": "Alone", "company_id": self.company.id})
        duties = self._action(days=-1) | self._action(days=-1, responsible=alone) | self._action(days=-1)
        duties[2].sudo().responsible_id = False
        self._calls(duties[0]).unlink()
        self.env["mail.mail"].search([]).unlink()
        self._run(days=1)
        self._run(days=1, method="_cron_digest")
        coordinator = self.users["coordinator"]
        self.assertIn(self.clerk_user, self._calls(duties[0]).user_id)
        for duty in duties[1:]:
            self.assertEqual(self._calls(duty).user_id, coordinator)
        for duty, user in zip(duties, (self.clerk_user, coordinator, coordinator), strict=True):
            self.assertIn(f"/qms.action/{duty.id}", self._digest_of(user).body_html)

    def test_ticked_off_calls_come_back_while_the_duty_is_late(self):
        action = self._action(days=-1)
        self._run(days=30)
        self._calls(action).unlink()
        self._run(days=30)
        self.assertEqual(self._calls(action).user_id, self.clerk_user)
        action.with_user(self.clerk_user).evidence = "Done at last"
        action.with_user(self.clerk_user).action_done()
        self._run(days=30)
        self.assertFalse(self._calls(action).filtered(lambda call: call.user_id == self.clerk_user))

    def test_digest_of_who_stands_in(self):
        self._order()
        self._action()
        self._run(method="_cron_digest")
        self.assertIn(self.clerk.name, self._digest_of(self.stand_in_user).body_html)
        self.assertIn("Do it", self._digest_of(self.clerk_user).body_html)

    def test_confidential_duties_are_named_to_nobody_else(self):
        self._order()
        with patch.object(self.env.registry["qms.action"], "_confidential", True):
            action = self._action(days=-1)
            self._run(days=20)
            self._run(days=20, method="_cron_digest")
        self.assertEqual(self._calls(action).user_id, self.clerk_user)
        self.assertFalse(self._digest_of(self.stand_in_user))

    def test_call_in_another_language_is_the_same_call(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        action = self._action()
        call = self._calls(action)
        call.summary = action.with_context(lang="uk_UA")._duty_summary()
        self._run()
        self.assertEqual(self._calls(action), call)
