from datetime import date, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from .service_common import ServiceCase

# 2026: 1 June is a Monday, 24 August a Monday.
MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)


class TestQmsServiceNorm(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Europe/Kyiv"

    def _holiday(self, day, **vals):
        # Holidays are kept in UTC: midnight in Kyiv is 21:00 of the day before in summer.
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": f"{day - timedelta(days=1)} 21:00:00",
                "date_to": f"{day} 20:59:59",
                **vals,
            }
        )

    # === WHICH NORM === #

    def test_a_case_is_judged_by_the_norm_of_its_day(self):
        service = self._service()
        old = self._norm(service, date(2024, 1, 1), 30)
        new = self._norm(service, date(2026, 6, 3), 10)
        self.assertEqual(service._norm_on(date(2026, 6, 2)), old)
        self.assertEqual(service._norm_on(date(2026, 6, 3)), new)
        self.assertFalse(service._norm_on(date(2023, 12, 31)))
        self.assertEqual(service._deadline(date(2026, 6, 2)), date(2026, 7, 2))
        self.assertEqual(service._deadline(date(2026, 6, 5)), date(2026, 6, 15))
        self.assertIs(service._deadline(date(2023, 12, 31)), False)

    def test_a_norm_ends_the_day_before_the_next(self):
        service = self._service()
        first = self._norm(service, date(2024, 1, 1), 30)
        third = self._norm(service, date(2026, 1, 1), 10)
        self.assertEqual((first.valid_to, third.valid_to), (date(2025, 12, 31), False))
        second = self._norm(service, date(2025, 1, 1), 20)
        self.assertEqual((first.valid_to, second.valid_to), (date(2024, 12, 31), date(2025, 12, 31)))
        self.assertEqual((first.state, second.state, third.state), ("replaced", "replaced", "last"))

    def test_a_coming_norm_is_withdrawn(self):
        service = self._service()
        norm = self._norm(service, self._day(-5), 30)
        coming = self._norm(service, self._day(5), 10)
        self.assertEqual((service.deadline_days, norm.state), (30, "replaced"))
        coming.unlink()
        self.assertEqual((norm.valid_to, norm.state), (False, "last"))

    def test_two_norms_can_not_be_in_force_at_once(self):
        service = self._service()
        self._norm(service, MONDAY, 5)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._norm(service, MONDAY, 7)
        self._norm(self._service("S-2"), MONDAY, 7)

    def test_ranges(self):
        service = self._service()
        for vals in (
            {"deadline_days": -1},
            {"deadline_days": 3651},
            {"waiting_minutes": -1},
            {"waiting_minutes": 2000},
        ):
            with (
                self.subTest(**vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self._norm(service, self.today, 1).write(vals)
                self.env.flush_all()

    # === COUNTING DAYS === #

    def _due(self, start, days, kind="working"):
        service = self._service(f"S-{self.env['qms.service'].search_count([])}")
        self._norm(service, date(2020, 1, 1), days, kind)
        return service._deadline(start)

    def test_working_days_leave_out_the_weekend(self):
        self.assertEqual(self._due(MONDAY, 1), date(2026, 6, 2), "the day of the application doesn't count")
        self.assertEqual(self._due(MONDAY, 5), date(2026, 6, 8))
        self.assertEqual(self._due(FRIDAY, 1), date(2026, 6, 8))
        self.assertEqual(self._due(date(2026, 6, 6), 1), date(2026, 6, 8), "applied for on a Saturday")
        self.assertEqual(self._due(MONDAY, 10), date(2026, 6, 15))

    def test_working_days_leave_out_holidays(self):
        self._holiday(date(2026, 6, 2))
        self.assertEqual(self._due(MONDAY, 1), date(2026, 6, 3))
        self._holiday(date(2026, 6, 3), calendar_id=False)
        self.assertEqual(self._due(MONDAY, 2), date(2026, 6, 5), "a holiday of all calendars of the authority")

    def test_the_leave_of_a_person_is_no_holiday(self):
        self._holiday(date(2026, 6, 2), resource_id=self.clerk.resource_id.id)
        self.assertEqual(self._due(MONDAY, 1), date(2026, 6, 2))

    def test_calendar_days_end_on_a_working_day(self):
        self.assertEqual(self._due(MONDAY, 4, "calendar"), FRIDAY)
        self.assertEqual(self._due(MONDAY, 5, "calendar"), date(2026, 6, 8), "Saturday: the next working day")
        self._holiday(date(2026, 6, 8))
        self.assertEqual(self._due(MONDAY, 5, "calendar"), date(2026, 6, 9))

    def test_a_long_term(self):
        self.assertEqual(self._due(MONDAY, 2000), MONDAY + timedelta(weeks=400))

    def test_a_norm_without_deadline_has_no_due_day(self):
        service = self._service()
        self._norm(service, date(2020, 1, 1), 0, waiting_minutes=15)
        self.assertIs(service._deadline(MONDAY), False)

    def test_a_calendar_without_hours_is_told(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        with self.assertRaisesRegex(UserError, "no working days"):
            self._due(MONDAY, 3)

    def test_an_employee_asks_for_the_deadline(self):
        service = self._service()
        self._norm(service, date(2020, 1, 1), 2, "working")
        self.assertEqual(service.with_user(self.clerk_user)._deadline(MONDAY), date(2026, 6, 3))

    # === WHAT WAS JUDGED STAYS === #

    def test_a_replaced_norm_no_longer_changes(self):
        service = self._service()
        old = self._norm(service, self._day(-100), 30)
        new = self._norm(service, self._day(-10), 10)
        for vals in ({"deadline_days": 3}, {"valid_from": self._day(-50)}, {"waiting_minutes": 1}):
            with self.assertRaisesRegex(UserError, "judged"):
                old.write(vals)
        old.basis = "An act"
        new.deadline_days = 12
        self.assertEqual(service.deadline_days, 12, "a mistake in the norm in force is corrected")
        for norm in (old, new):
            with self.assertRaisesRegex(UserError, "can't be deleted"):
                norm.unlink()

    def test_judged_norms_are_not_deleted_by_a_trick(self):
        service = self._service()
        norm = self._norm(service, self._day(-10), 10)
        for user in (self.users["quality_officer"], self.users["commissioner"]):
            with self.assertRaisesRegex(UserError, "can't be deleted"):
                norm.with_user(user).with_context(_force_unlink=True).unlink()
            with self.assertRaisesRegex(UserError, "can't be deleted"):
                service.with_user(user).with_context(_force_unlink=True).unlink()
        self.assertTrue(norm.exists())
        new = self._service("S-2")
        self._norm(new, self.today, 10)
        new.unlink()
        self.assertFalse(new.exists(), "nobody was judged by its norm yet")

    def test_the_unit_does_not_rewrite_what_it_was_judged_by(self):
        service = self._service()
        officer, coordinator = self.users["quality_officer"], self.users["coordinator"]
        norms = self.env["qms.service.norm"].with_user(officer)
        norm = norms.create({"service_id": service.id, "valid_from": self._day(-20), "deadline_days": 5})
        self.assertEqual(service.deadline_days, 5, "the first norm of a service may have begun long ago")
        for attempt in (
            lambda: norm.write({"deadline_days": 30}),
            lambda: norm.write({"valid_from": self._day(1)}),
            lambda: norms.create({"service_id": service.id, "valid_from": self._day(-5), "deadline_days": 30}),
        ):
            with self.assertRaisesRegex(AccessError, "corrected by the coordinator"), self.cr.savepoint():
                attempt()
        norm.basis = "Act 7"
        today = norms.create({"service_id": service.id, "valid_from": self.today, "deadline_days": 30})
        with self.assertRaisesRegex(AccessError, "corrected by the coordinator"), self.cr.savepoint():
            today.valid_from = self._day(-5)
        today.deadline_days = 40
        self.assertEqual(service._norm_on(self._day(-5)), norm.with_env(self.env))
        mistaken = self._norm(self._service("S-2"), self._day(-5), 3)
        mistaken.with_user(coordinator).deadline_days = 13
        self.assertEqual(mistaken.deadline_days, 13)

    # === YEARLY REVIEW === #

    def test_the_head_of_the_unit_reviews_every_year(self):
        norm = self._norm(self._service(), self.today, 10)
        self.assertEqual(norm.responsible_id, self.head)
        self.assertEqual(norm.date_deadline, self.today + relativedelta(years=1))
        self.assertFalse(norm.activity_ids, "a duty of next year is not on today's list")

    def test_the_review_is_called_for_and_confirmed(self):
        norm = self._norm(self._service(), self._day(-360), 10)
        self.assertEqual(norm.activity_ids.user_id, self.head_user)
        norm.with_user(self.head_user).action_reviewed()
        self.assertEqual(norm.reviewed_on, self.today)
        self.assertEqual(norm.date_deadline, self.today + relativedelta(years=1))
        self.assertFalse(norm.activity_ids)

    def test_the_cron_calls_a_month_before(self):
        norm = self._norm(self._service(), self.today, 10)
        for days, called in ((40, self.env["res.users"]), (20, self.head_user)):
            moved = norm.date_deadline - timedelta(days=days)
            with (
                patch.object(type(self.env.company), "_qms_today", lambda company, moved=moved: moved),
                patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
            ):
                norm._cron_deadlines()
            self.assertEqual(norm.activity_ids.user_id, called)

    def test_who_confirms(self):
        norm = self._norm(self._service(), self._day(-360), 10)
        for user in (self.clerk_user, self.users["auditor"]):
            with self.assertRaises(AccessError):
                norm.with_user(user).action_reviewed()
        for user in (self.users["quality_officer"], self.users["coordinator"]):
            norm.with_user(user).action_reviewed()
        with self.assertRaises(AccessError):
            norm.with_user(self.head_user).deadline_days = 3

    def test_a_new_norm_ends_the_duty_of_the_old(self):
        service = self._service()
        old = self._norm(service, self._day(-360), 10)
        self.assertTrue(old.activity_ids)
        self._norm(service, self.today, 8)
        self.assertFalse(old.activity_ids)
        self.assertFalse(old.is_late)
        with self.assertRaisesRegex(UserError, "replaced"):
            old.action_reviewed()
