from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..case_common import CaseCase


@tagged("post_install", "-at_install")
class TestFeedbackCase(CaseCase):
    def test_judged_by_the_norm_of_its_day(self):
        self._norm(10, date(2025, 1, 1))
        self._norm(3, date(2026, 1, 1))
        before, after = self._case(asked=date(2025, 12, 29)), self._case(asked=date(2026, 1, 5))
        self.assertEqual((before.norm_days, after.norm_days), (10, 3))
        self.assertEqual(before.date_due, date(2026, 1, 8))

    def test_a_later_norm_leaves_cases_as_they_were(self):
        self._norm(10, date(2025, 1, 1))
        case = self._case(asked=date(2026, 1, 5), done=date(2026, 1, 15))
        self.assertEqual(case.punctuality, "in_time")
        self._norm(3, date(2026, 1, 1))
        self.assertEqual((case.norm_days, case.punctuality), (10, "in_time"))

    def test_working_days_of_the_calendar(self):
        self._norm(1, date(2025, 1, 1), deadline_kind="working")
        friday = date(2026, 1, 9)
        self.assertEqual(self._case(asked=friday).date_due, date(2026, 1, 12))

    def test_in_time_late_open_and_without_norm(self):
        self.assertEqual(self._case(done=self.today).punctuality, "no_norm")
        self._norm(5, date(2025, 1, 1))
        asked = date(2026, 1, 5)
        self.assertEqual(self._case(asked=asked).punctuality, "open")
        self.assertEqual(self._case(asked=asked, done=date(2026, 1, 12)).punctuality, "in_time")
        late = self._case(asked=asked, done=date(2026, 1, 13))
        self.assertEqual((late.punctuality, late.days_taken), ("late", 8))

    def test_overdue_is_what_is_open_after_its_last_day(self):
        self._norm(5, date(2025, 1, 1))
        overdue = self._case(asked=self.today - timedelta(days=30))
        self._case(asked=self.today)
        self._case(asked=self.today - timedelta(days=30), done=self.today)
        cases = self.env["feedback.case"]
        self.assertEqual(cases.search(cases._overdue_domain(self.company)), overdue.with_env(self.env))

    def test_days_to_come_are_refused(self):
        tomorrow = self.today + timedelta(days=1)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._case(asked=tomorrow)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._case(asked=self.today, done=tomorrow)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_what_belongs_together(self):
        self._case("7")
        wrong = (
            {"number": "7"},
            {"asked": self.today, "done": self.today - timedelta(days=1)},
            {"done": self.today, "result": False},
            {"result": "granted"},
            {"visits": -1},
            {"number": "9" * 65},
        )
        for vals in wrong:
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._case(**vals)

    def test_a_finished_case_is_corrected_by_managers_only(self):
        case = self._case(done=self.today)
        with self.assertRaisesRegex(AccessError, "feedback manager"):
            case.with_user(self.operator).date_done = self.today - timedelta(days=1)
        case.with_user(self.operator).visits = 2
        case.with_user(self.manager).result = "refused"
        self.assertEqual((case.visits, case.result), (2, "refused"))

    def test_by_what_a_case_is_judged_is_not_typed_in(self):
        self._norm(5, date(2025, 1, 1))
        forged = {"punctuality": "in_time", "date_due": self.today, "norm_days": 999, "days_taken": 1}
        asked, done = date(2026, 1, 5), date(2026, 1, 25)
        case = self._case(asked=asked, done=done, department_id=self.other_unit.id, **forged)
        self.assertEqual((case.punctuality, case.norm_days, case.days_taken), ("late", 5, 20))
        self.assertEqual((case.date_due, case.department_id), (date(2026, 1, 12), self.unit))
        for user in (self.operator, self.manager):
            for name, value in forged.items():
                with self.subTest(user=user.login, name=name), self.assertRaisesRegex(AccessError, "follows from"):
                    case.with_user(user).write({name: value})

    def test_a_service_that_moves_leaves_its_cases(self):
        case = self._case()
        self.service.department_id = self.other_unit
        self.assertEqual((case.department_id, self._case().department_id), (self.unit, self.other_unit))

    def test_heads_see_their_units_only(self):
        case = self._case()
        for model in ("feedback.case", "feedback.case.report"):
            seen = {
                user.login: bool(self.env[model].with_user(user).search([("id", "=", case.id)]))
                for user in (self.head_user, self.users["quality_officer"], self.users["top_management"], self.operator)
            }
            self.assertTrue(all(seen.values()), seen)
            for user in (self.other_head_user, self.clerk_user):
                self.assertFalse(self.env[model].with_user(user).search([("id", "=", case.id)]), user.login)
            self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
            self.assertFalse(self._abroad(model).search([("id", "=", case.id)]))

    def test_heads_enter_no_cases_of_their_own(self):
        for user in (self.head_user, self.clerk_user, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._case(user=user)

    def test_no_case_of_another_authority(self):
        with self.assertRaises(AccessError):
            self._case(service_id=self.foreign_service.id)

    def test_report_leaves_empty_what_does_not_apply(self):
        self._norm(5, date(2025, 1, 1))
        asked = date(2026, 1, 5)
        self._case(asked=asked, done=date(2026, 1, 7))
        self._case(asked=asked, done=date(2026, 1, 25), result="refused")
        self._case(asked=asked)
        [(days, in_time, refused, count)] = self.env["feedback.case.report"]._read_group(
            [("service_id", "=", self.service.id)],
            [],
            ["days_taken:avg", "in_time_share:avg", "refused_share:avg", "__count"],
        )
        # The open one should long be finished: it has no days yet, but is not in time.
        self.assertEqual((days, round(in_time, 1), refused, count), (11, 33.3, 50, 3))
