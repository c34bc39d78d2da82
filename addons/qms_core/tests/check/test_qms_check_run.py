from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError

from odoo.addons.base.models.ir_cron import IrCron

from ...models.check.qms_check_run import QmsCheckRun
from .check_common import CheckCase

STEPS = 15


class TestQmsCheckRun(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1")

    def _runs(self, company=None):
        return self.runs.search([("company_id", "=", (company or self.company).id)])

    def _cron(self, seconds=60):
        # A test doesn't commit, so the progress of the cron is answered for it.
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: seconds):
            self.runs._cron_check()

    # === RUNS === #

    def test_check_now_is_for_the_quality_staff(self):
        for user in (self.clerk_user, self.head_user, self.users["auditor"], self.users["hr"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.issues.with_user(user).action_check_now()
        self.assertFalse(self._runs())
        result = self.issues.with_user(self.users["quality_officer"]).action_check_now()
        run = self._runs()
        self.assertEqual(run.user_id, self.users["quality_officer"])
        self.assertIn(str(run.open_count), result["params"]["message"])

    def test_the_result_does_not_depend_on_who_asks(self):
        self._nonconformity(department_id=False)
        counts = set()
        for user in (self.users["quality_officer"], self.users["coordinator"]):
            self.runs.with_user(user).action_check_now()
            counts.add(self._runs()[0].open_count)
        self.assertEqual(len(counts), 1)

    def test_totals_and_costs(self):
        self._issue().with_user(self.users["coordinator"])._accept("Known.", self.today)
        issues = self._check()
        run = self._runs()[0]
        self.assertEqual(run.accepted_count, 1)
        is_open = issues.filtered(lambda issue: issue.state == "open")
        self.assertEqual(run.open_count, len(is_open))
        self.assertEqual(run.serious_count, len(is_open.filtered(lambda issue: issue.severity == "1")))
        self.assertEqual(run.open_count, run.serious_count + run.moderate_count + run.hint_count)
        lines = {line.check_name: line for line in run.line_ids}
        self.assertEqual(set(lines), set(self.env["qms.check"]._get_checks()))
        self.assertEqual(lines["process_not_in_force"].hit_count, 1)
        self.assertGreater(lines["process_not_in_force"].query_count, 0)
        self.assertGreater(run.seconds, 0)
        self.assertEqual((run.new_count, run.gone_count, run.failed_count), (0, 0, 0))

    def test_two_runs_at_once_are_refused(self):
        self._check()
        with (
            patch.object(QmsCheckRun, "lock_for_update", side_effect=LockError("taken"), create=True),
            self.assertRaisesRegex(UserError, "right now"),
        ):
            self.runs.with_user(self.users["coordinator"]).action_check_now()

    def test_runs_are_read_by_the_quality_staff_of_the_authority(self):
        self._check()
        for group in ("quality_officer", "coordinator", "commissioner", "auditor", "top_management"):
            self.assertTrue(self.runs.with_user(self.users[group]).search([]))
            with self.assertRaises(AccessError):
                self._runs().with_user(self.users[group]).open_count = 0
        with self.assertRaises(AccessError):
            self.runs.with_user(self.clerk_user).search([])
        self.assertFalse(self._abroad("qms.check.run").search([]))
        self.assertFalse(self._abroad("qms.check.run.line").search([]))

    # === INDICATOR === #

    def test_result_is_the_value_of_the_month(self):
        self._check()
        indicator = self.env["qms.indicator"].search(
            [("code", "=", "MODEL-CHECK"), ("company_id", "=", self.company.id)]
        )
        first = indicator.measurement_ids.value
        self.assertEqual(first, self._runs()[0].open_count)
        self._process("P-2")
        self._check()
        self.assertEqual(indicator.measurement_ids.value, first + 1)
        self.assertEqual(indicator.measurement_ids.date_start, self.today.replace(day=1))
        later = (self.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        with patch.object(type(self.company), "_qms_today", lambda company: later):
            self._check()
        self.assertEqual(len(indicator.measurement_ids), 2)

    def test_an_archived_indicator_is_left_alone(self):
        self._check()
        indicator = self.env["qms.indicator"].search(
            [("code", "=", "MODEL-CHECK"), ("company_id", "=", self.company.id)]
        )
        indicator.measurement_ids.unlink()
        indicator.active = False
        self._check()
        self.assertFalse(indicator.measurement_ids)

    # === CRON === #

    def test_once_a_week_and_a_missed_week_is_made_up_for(self):
        self._cron()
        self.assertEqual(len(self._runs()), 1)
        self._cron()
        self.assertEqual(len(self._runs()), 1, "Daily, it asks; weekly, it runs.")
        self._runs().date = fields.Datetime.now() - timedelta(days=9)
        self._cron()
        self.assertEqual(len(self._runs()), 2)

    def test_exceptions_end_between_the_runs(self):
        self._cron()
        issue = self.issues.search([("check_name", "=", "process_not_in_force"), ("origin_id", "=", self.process.id)])
        issue.with_user(self.users["coordinator"])._accept("Known.", self.today)
        with patch.object(type(self.company), "_qms_today", lambda company: self.today + timedelta(days=1)):
            self._cron()
        self.assertEqual(issue.state, "open")
        self.assertEqual(len(self._runs()), 1)

    def test_an_authority_without_model_is_not_checked(self):
        self._cron()
        self.assertFalse(self._runs(self.other_company))

    def test_one_authority_does_not_stop_the_others(self):
        self.env["qms.process"].create({"name": "Theirs", "code": "F-1", "company_id": self.other_company.id})
        original = QmsCheckRun._check_model

        def check_model(model, company, user=None):
            if company == self.company:
                raise ValueError("broken")
            return original(model, company, user)

        with (
            patch.object(QmsCheckRun, "_check_model", check_model),
            self.assertLogs("odoo.addons.qms_core.models.check.qms_check_run", "ERROR"),
        ):
            self._cron()
        self.assertFalse(self._runs())
        self.assertTrue(self._runs(self.other_company))

    def test_no_time_left_goes_on_the_next_time(self):
        self.env["qms.process"].create({"name": "Theirs", "code": "F-1", "company_id": self.other_company.id})
        companies = self.env["qms.process"]._read_group([], ["company_id"])
        for done in range(1, len(companies) + 1):
            self._cron(seconds=0)
            self.assertLessEqual(len(self._runs() | self._runs(self.other_company)), done)
        self.assertTrue(self._runs() and self._runs(self.other_company))


class TestQueriesOfChecks(CheckCase):
    def _add_processes(self, start, count):
        """Add processes of 15 steps, each with something wrong for most checks."""
        role = self._role(f"R-{start}", kind="commission")
        processes = self.env["qms.process"].create(
            [
                {
                    "name": f"Function {index}",
                    "code": f"N-{index}",
                    "company_id": self.company.id,
                    "department_id": self.unit.id,
                    "owner_role_id": role.id,
                    "scope": "between",
                    "maturity": "1",
                }
                for index in range(start, start + count)
            ]
        )
        versions = self.env["qms.process.version"].create([{"process_id": process.id} for process in processes])
        self.env["qms.process.step"].create(
            [
                {"version_id": version.id, "key": f"s{n}", "name": f"Step {n}", "role_id": n and role.id}
                for version in versions
                for n in range(STEPS)
            ]
        )
        self.env["qms.process.flow"].create(
            [
                {"version_id": version.id, "key": direction, "direction": direction, "name": f"Paper {version.id}"}
                for version in versions
                for direction in ("input", "output")
            ]
        )
        versions._transition({"state": "approved"})
        for version in versions:
            version.process_id._put_in_force(version)
        self.env["qms.service"].create(
            [{"name": f"Service {p.id}", "code": p.code, "company_id": self.company.id} for p in processes]
        )
        self.env.flush_all()

    def _queries(self):
        self.env.invalidate_all()
        return {outcome.name: outcome for outcome in self.env["qms.check"]._carry_out(self.company)}

    def test_queries_do_not_grow_with_the_model(self):
        self._add_processes(0, 20)
        self._queries()  # what is read once per server
        few = self._queries()
        self._add_processes(20, 80)
        many = self._queries()
        self.assertGreater(len(many["step_without_role"].rows), len(few["step_without_role"].rows) * 4)
        more = {name: (few[name].queries, many[name].queries) for name in few if few[name].queries < many[name].queries}
        self.assertEqual(more, {})
