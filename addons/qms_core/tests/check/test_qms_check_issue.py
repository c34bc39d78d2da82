from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ...models.check.qms_check_process import QmsCheck
from .check_common import CheckCase

FAILING = "odoo.addons.qms_core.models.check.qms_check"


class TestQmsCheckIssue(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1")

    def _coordinator(self, issue):
        return issue.with_user(self.users["coordinator"])

    # === OVER THE RUNS === #

    def test_the_same_hit_is_the_same_issue(self):
        with freeze_time("2026-03-02 08:00:00"):
            first = self._check()
        with freeze_time("2026-03-09 08:00:00"):
            second = self._check()
        self.assertEqual(first, second)
        issue = self._issue()
        self.assertEqual(fields.Datetime.to_string(issue.first_seen), "2026-03-02 08:00:00")
        self.assertGreater(issue.last_seen, issue.first_seen)

    def test_what_was_mended_is_gone_and_may_come_back(self):
        issue = self._issue()
        self.process.active = False
        self._check()
        self.assertEqual(issue.state, "gone")
        self.process.active = True
        self.assertEqual(self._issue(), issue)
        self.assertEqual(issue.state, "open")

    def test_a_failed_check_leaves_its_issues_as_they_were(self):
        issue = self._issue()
        with (
            patch.object(QmsCheck, "_check_process_not_in_force", side_effect=ValueError),
            mute_logger(FAILING),
        ):
            issues = self._check()
        self.assertEqual(issue.state, "open")
        broken = issues.filtered(lambda row: row.check_name == "check_failed")
        self.assertEqual(broken.key, "process_not_in_force")
        self._check()
        self.assertEqual(broken.state, "gone")

    def test_a_new_sentence_is_taken_over(self):
        issue = self._issue("process_not_in_force")
        self.process.name = "Renamed"
        self._check()
        self.assertEqual(issue.origin_label, "P-1 Renamed")

    def test_the_name_stays_when_the_record_is_deleted(self):
        issue = self._issue()
        name = issue.name
        self.process.unlink()
        issue.invalidate_recordset()
        self.assertEqual(issue.name, name)
        with self.assertRaisesRegex(UserError, "no longer exists"):
            issue.action_open_place()

    def test_an_uninstalled_check_leaves_no_issue(self):
        issue = self._issue()
        checks = self.env["qms.check"]._get_checks()
        del checks["process_not_in_force"]
        with patch.object(type(self.env["qms.check"]), "_get_checks", lambda model: checks):
            self.registry.clear_cache()
            issue.invalidate_recordset()
            self.assertFalse(issue.remedy)
            self.assertIn("P-1", issue.display_name)
            self._check()
        self.registry.clear_cache()
        self.assertEqual(issue.state, "gone")

    # === EXCEPTIONS === #

    def test_an_exception_holds_until_its_day(self):
        issue = self._issue()
        self._coordinator(issue)._accept("It is described next year.", self.today + timedelta(days=10))
        self._check()
        self.assertEqual((issue.state, issue.accepted_by_id), ("accepted", self.users["coordinator"]))
        with patch.object(type(self.company), "_qms_today", lambda company: self.today + timedelta(days=10)):
            self._check()
            self.assertEqual(issue.state, "accepted", "The last day counts.")
        with patch.object(type(self.company), "_qms_today", lambda company: self.today + timedelta(days=11)):
            self._check()
        self.assertEqual(issue.state, "open")
        self.assertEqual(issue.accept_reason, "It is described next year.")

    def test_an_exception_outlives_a_run_without_the_hit(self):
        issue = self._issue()
        self._coordinator(issue)._accept("Known.", self.today + timedelta(days=10))
        self.process.active = False
        self._check()
        self.assertEqual(issue.state, "gone")
        self.process.active = True
        self._check()
        self.assertEqual(issue.state, "accepted")

    def test_an_exception_needs_reason_and_end(self):
        issue = self._coordinator(self._issue())
        until = self.today + timedelta(days=10)
        for reason, day in (
            ("", until),
            ("  ", until),
            ("Known.", False),
            ("Known.", self.today - timedelta(days=1)),
            ("Known.", self.today + relativedelta(years=1, days=1)),
        ):
            with self.subTest(reason=reason, day=day), self.assertRaises(UserError):
                issue._accept(reason, day)
        self.assertEqual(issue.state, "open")

    def test_only_coordinator_and_commissioner_accept(self):
        issue = self._issue()
        for user in (self.users["quality_officer"], self.head_user, self.users["auditor"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                issue.with_user(user).action_accept()
            with self.subTest(user.login), self.assertRaises(AccessError):
                issue.with_user(user)._accept("Known.", self.today)
        dialog = (
            self.env["qms.check.accept"]
            .with_user(self.users["commissioner"])
            .with_context(**issue.with_user(self.users["commissioner"]).action_accept()["context"])
            .create({"reason": "Known."})
        )
        dialog.action_accept()
        self.assertEqual((issue.state, issue.accepted_by_id), ("accepted", self.users["commissioner"]))
        with self.assertRaises(AccessError):
            issue.with_user(self.head_user).action_withdraw()
        self._coordinator(issue).action_withdraw()
        self.assertEqual(issue.state, "open")

    # === WHO SEES WHAT === #

    def test_each_sees_what_concerns_him(self):
        elsewhere = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        self._process("P-2", department_id=elsewhere.id)
        issues = self._check().filtered(lambda issue: issue.check_name == "process_not_in_force")
        own = issues.filtered(lambda issue: issue.department_id == self.unit)
        self.assertEqual(len(issues), 2)
        for user, seen in (
            (self.users["coordinator"], issues),
            (self.users["commissioner"], issues),
            (self.users["auditor"], issues),
            (self.users["top_management"], issues),
            (self.users["quality_officer"], own),
            (self.head_user, own),
            (self.clerk_user, issues.browse()),
            (self.stranger, issues.browse()),
        ):
            with self.subTest(user.login):
                found = self.issues.with_user(user).search([("check_name", "=", "process_not_in_force")])
                self.assertEqual(found.ids, seen.ids)
        self.assertFalse(self._abroad("qms.check.issue").search([]))

    def test_who_acts_for_the_head_sees_them(self):
        issue = self._issue()
        seen = self.issues.with_user(self.clerk_user).search([("id", "=", issue.id)])
        self.assertFalse(seen)
        self._hold(
            self.env["qms.role"].search([("code", "=", "R-OWN"), ("company_id", "=", self.company.id)]),
            kind="acting",
            acted_for_id=self.head.id,
            date_from=self.today,
        )
        self.assertEqual(seen.search([("id", "=", issue.id)]).ids, issue.ids)

    def test_who_sees_an_issue_may_read_its_record(self):
        self._nonconformity(department_id=False)
        self.head.active = False
        for issue in self._check():
            with self.subTest(issue.display_name):
                record = self.env[issue.origin_model].with_user(self.clerk_user).browse(issue.origin_id)
                self.assertTrue(record.display_name)

    def test_nobody_writes_issues(self):
        issue = self._issue()
        for user in (self.users["coordinator"], self.users["commissioner"], self.head_user):
            with self.subTest(user.login):
                for values in ({"state": "gone"}, {"accept_reason": "x"}):
                    with self.assertRaises(AccessError):
                        issue.with_user(user).write(values)
                with self.assertRaises(AccessError):
                    issue.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    self.issues.with_user(user).create({"check_name": "check_failed"})

    # === WHAT FOLLOWS === #

    def test_open_the_place(self):
        action = self._issue().with_user(self.head_user).action_open_place()
        self.assertEqual((action["res_model"], action["res_id"]), ("qms.process", self.process.id))

    def test_raise_an_action_once(self):
        issue = self._issue()
        for user in (self.head_user, self.users["quality_officer"]):
            opened = issue.with_user(user).action_raise()
        action = self.env["qms.action"].browse(opened["res_id"])
        self.assertEqual(len(issue.action_ids), 1)
        self.assertEqual((action.process_id, action.responsible_id), (self.process, self.head))
        self.assertEqual(action.origin_label, issue.display_name)
        self.assertIn(issue.sentence, action.description)
        self.assertEqual(issue.with_user(self.head_user).action_count, 1)
        action.with_user(self.users["coordinator"]).action_cancel("Not needed.")
        self.assertNotEqual(issue.with_user(self.head_user).action_raise()["res_id"], action.id)

    def test_uninstalling_the_model_of_a_record_keeps_the_issue_readable(self):
        issue = self._issue()
        self.env["qms.origin.mixin"]._forget_models(["qms.process"])
        issue.invalidate_recordset()
        self.assertEqual(issue.name, issue.origin_label)
        self._check()
        self.assertEqual(issue.state, "gone")
