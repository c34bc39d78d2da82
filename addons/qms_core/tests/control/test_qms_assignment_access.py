from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from .control_common import ControlCase

MODELS = (
    "qms.act",
    "qms.act.paragraph",
    "qms.assignment",
    "qms.assignment.part",
    "qms.assignment.report",
    "qms.assignment.move",
)


class TestQmsAssignmentAccess(ControlCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.act = cls._act(paragraph_ids=[cls._paragraph()])
        cls.act.action_put_on_control()
        cls.assignment = cls.act.assignment_ids.with_env(cls.env)
        part = {"name": "Send", "responsible_id": cls.helper.id, "date_deadline": cls.today}
        cls.assignment.with_user(cls.control).write({"part_ids": [(0, 0, part)]})
        cls.assignment.with_user(cls.clerk_user)._report("interim", "Half of them")
        cls.draft = cls._draft_assignment()

    def _sees(self, user):
        self.env.invalidate_all()
        return {model for model in MODELS if self._seen(model, user)}

    def test_those_concerned_see_all_of_it(self):
        for user in (self.clerk_user, self.helper_user, self.head_user, self.mayor_user):
            self.assertEqual(self._sees(user), set(MODELS), user.login)
            self.assertEqual(self.assignment.with_user(user).text, "Do paragraph 1")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_others_see_nothing(self):
        for user in (self.stranger, self.users["coordinator"], self.users["auditor"]):
            self.assertEqual(self._sees(user), set(), user.login)
            with self.assertRaises(AccessError):
                self.assignment.with_user(user).read(["text"])

    def test_control_and_top_management_see_all(self):
        for user in (self.control, self.users["top_management"]):
            self.assertIn(self.draft.with_env(self.env), self._seen("qms.assignment", user))

    def test_what_is_prepared_is_for_control_and_the_setter(self):
        for user, sees in ((self.clerk_user, False), (self.head_user, False), (self.mayor_user, True)):
            self.assertEqual(self.draft.with_env(self.env) in self._seen("qms.assignment", user), sees, user.login)

    def test_acting_head_sees_while_he_acts(self):
        row = self.env["qms.role.holder"].create(
            {
                "role_id": self.head_role.id,
                "employee_id": self._employee(self.stranger, department_id=False).id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "date_from": self.today,
            }
        )
        self.assertIn("qms.assignment", self._sees(self.stranger))
        row.write({"date_from": self.today - timedelta(days=5), "date_to": self.today - timedelta(days=1)})
        self.assertEqual(self._sees(self.stranger), set(), "The order has ended, and so has what he sees.")

    def test_head_of_the_unit_above_sees(self):
        above = self.env["hr.department"].create({"name": "Above", "company_id": self.company.id})
        chief = self._employee(self.stranger, department_id=above.id)
        above.manager_id = chief
        self.unit.parent_id = above
        self.assertIn("qms.assignment", self._sees(self.stranger))

    def test_chiefs_of_chiefs_see_it(self):
        """They are told when it is late, whether by the chain of persons or of units."""
        boss = self._employee(self.stranger, department_id=False)
        for person in (self.head, self.helper):
            person.parent_id = boss
            self.assertEqual(self._sees(self.stranger), set(MODELS), person.name)
            person.parent_id = False
        self.assertEqual(self._sees(self.stranger), set())
        above = self.env["hr.department"].create({"name": "Above", "company_id": self.company.id})
        aide = self._employee(self._user("aide"), department_id=above.id, parent_id=False)
        above.manager_id, self.officer.parent_id, self.clerk.parent_id = self.officer, boss, aide
        self.assertIn("qms.assignment", self._sees(self.stranger))

    # === WHO IS CALLED READS IT === #

    def _cron(self, method, days):
        with self._on(days), patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            getattr(self.env["qms.deadline.mixin"], method)()

    def _assert_called_may_read(self, record):
        called = self._activities(record).user_id
        self.assertTrue(called)
        followers = record.message_partner_ids.user_ids
        for user in called | followers:
            self.assertTrue(record.with_user(user).has_access("read"), user.login)
        return called

    def test_control_is_told_where_nobody_can_be_reached(self):
        alone = self.env["hr.employee"].create({"name": "Alone", "company_id": self.company.id})
        part = {"name": "Send", "responsible_id": alone.id, "date_deadline": self.today + timedelta(days=1)}
        record = self._assignment(responsible_id=alone.id, part_ids=[(0, 0, part)])
        for duty in (record, record.part_ids):
            self.assertEqual(self._assert_called_may_read(duty), self.control)
        self.env["mail.mail"].search([]).unlink()
        self._cron("_cron_deadlines", 30)
        self._cron("_cron_digest", 30)
        for duty in (record, record.part_ids):
            self.assertEqual(self._assert_called_may_read(duty), self.control)
            mails = self.env["mail.mail"].search([("body_html", "ilike", f'/{duty._name}/{duty.id}"')])
            self.assertEqual(mails.mapped("email_to"), [self.control.email_formatted])

    def test_each_chief_who_is_told_reads_it(self):
        boss_user = self._user("boss")
        self.head.parent_id = self._employee(boss_user, department_id=False)
        record = self._assignment(days=1)
        self._cron("_cron_deadlines", 3)
        self._cron("_cron_deadlines", 9)
        self.assertEqual(self._assert_called_may_read(record), self.clerk_user | self.head_user | boss_user)

    def test_request_for_time_reaches_somebody_who_reads_it(self):
        self.mayor_user.active = False
        record = self._assignment()
        record.with_user(self.clerk_user)._ask_postponement(self.today + timedelta(days=30), "Snow")
        self.assertEqual(self._assert_called_may_read(record), self.clerk_user | self.control)

    # === DIALOGS === #

    def test_dialogs_tell_nothing_to_others(self):
        given = {"to_id": self.clerk.id, "resolution": "Look at it"}
        shown = {"assignment_id": {}, "text_to_do": {}, "date_deadline": {}}
        for name, vals, spec in (
            ("qms.assignment.report.wizard", {}, shown),
            ("qms.assignment.pass.wizard", given, {"assignment_id": {}, "company_id": {}}),
        ):
            dialogs, of_it = self.env[name].with_user(self.stranger), {"assignment_id": self.assignment.id}
            with self.assertRaises(AccessError):
                dialogs.create({**vals, **of_it})
            self.env.invalidate_all()  # what is in memory is shown to everybody
            with self.assertRaises(AccessError):
                dialogs.onchange(of_it, ["assignment_id"], spec)
            own = self.env[name].with_user(self.clerk_user).create({**vals, **of_it})
            self.assertEqual(own.read(list(spec))[0]["assignment_id"][0], self.assignment.id)
            with self.assertRaises(AccessError):
                own.assignment_id = self.draft

    def test_who_had_it_in_hand_sees_it(self):
        person = self._employee(self.stranger, department_id=False)
        self.assignment.with_user(self.clerk_user)._pass_on(person, "Look at it")
        self.assertIn("qms.assignment", self._sees(self.stranger))

    def test_readers_write_nothing(self):
        for user in (self.clerk_user, self.helper_user, self.head_user, self.mayor_user, self.users["top_management"]):
            for model in MODELS:
                record = self.env[model].with_user(user).search([], limit=1)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(record.has_access(operation), (user.login, model, operation))

    def test_other_authority_sees_nothing(self):
        abroad_control = self._user("abroad", "qms_core.group_execution_control", company=self.other_company)
        for model in MODELS:
            seen = self.env[model].with_context(allowed_company_ids=self.other_company.ids).with_user(abroad_control)
            self.assertFalse(seen.search([]), model)

    def test_html_is_text(self):
        record = self._draft_assignment(text="<script>alert(1)</script> Count", responsible_id=self.clerk.id)
        record.action_put_on_control()
        record.with_user(self.clerk_user)._report("final", "<script>alert(2)</script>", "List")
        record.with_user(self.control).action_return("<script>alert(3)</script>")
        bodies = "".join(record.with_env(self.env).message_ids.mapped("body"))
        self.assertNotIn("<script>", bodies)
        html, _type = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_assignment_card", record.ids)
        self.assertNotIn(b"<script>alert", html)
        self.assertIn(b"&lt;script&gt;", html)
