from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .service_common import ServiceCase

HOURS = "Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45"


class TestQmsServicePoint(ServiceCase):
    def _point(self, code="SP-1", **vals):
        return self.env["qms.service.point"].create(
            {"name": "Centre", "code": code, "company_id": self.company.id, "department_id": self.unit.id, **vals}
        )

    # === HOURS === #

    def test_hours_are_typed_as_text(self):
        point = self._point(opening_hours=HOURS)
        self.assertEqual(len(point.calendar_id.attendance_ids), 9)
        self.assertEqual((point.calendar_id.company_id, point.opening_hours), (self.company, HOURS))
        point.opening_hours = "Sa 09:00-14:00"
        self.assertEqual(point._hours(), {5: [(9.0, 14.0)]})
        point.opening_hours = False
        self.assertEqual(point._hours(), {})

    def test_hours_follow_the_calendar(self):
        point = self._point(calendar_id=self.company.resource_calendar_id.id)
        self.assertEqual(point.opening_hours, "Mo-Fr 08:00-12:00,13:00-17:00")

    def test_a_shared_calendar_is_not_changed(self):
        shared = self.company.resource_calendar_id
        point = self._point(calendar_id=shared.id)
        before = len(shared.attendance_ids)
        point.opening_hours = "Su 10:00-12:00"
        self.assertNotEqual(point.calendar_id, shared)
        self.assertEqual(len(shared.attendance_ids), before)
        other = self._point("SP-2", calendar_id=point.calendar_id.id)
        other.opening_hours = "Mo 10:00-12:00"
        self.assertEqual(point.opening_hours, "Su 10:00-12:00")

    def test_wrong_hours_are_told(self):
        point = self._point()
        for text in (
            "always",
            "Mo 17:00-08:00",
            "Fr-Mo 08:00-17:00",
            "Mo 25:00-26:00",
            "Mo 08:00-12:00; Mo 13:00-17:00",
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "opening hours"):
                point.opening_hours = text

    def test_an_officer_keeps_the_hours_of_his_points(self):
        point = self._point().with_user(self.users["quality_officer"])
        point.opening_hours = HOURS
        self.assertEqual(point.opening_hours, HOURS)

    def test_hours_are_read_in_words(self):
        self.assertEqual(
            self._point(opening_hours=HOURS)._hours_lines(),
            [("Monday – Thursday", "08:00–12:00, 13:00–17:00"), ("Friday", "08:00–15:45")],
        )

        self.assertEqual(self._point("SP-2", opening_hours="Su 10:00-12:00").opening_text, "Sunday 10:00–12:00")

    # === ACCESSIBILITY === #

    def test_a_new_point_has_an_empty_passport(self):
        point = self._point()
        self.assertEqual(point.accessibility_ids.mapped("people"), ["wheelchair", "vision", "hearing", "mental"])
        self.assertEqual(point.accessibility, "unknown")
        with Form(self.env["qms.service.point"]) as form:
            form.name, form.code = "Branch", "SP-9"
        self.assertEqual(len(form.record.accessibility_ids), 4)

    def test_the_lowest_level_counts(self):
        point = self._point()
        point.accessibility_ids.level = "full"
        self.assertEqual(point.accessibility, "full")
        point.accessibility_ids[0].level = "partial"
        self.assertEqual(point.accessibility, "partial")
        point.accessibility_ids[1].level = "none"
        self.assertEqual(point.accessibility, "none")

    def test_one_row_a_group(self):
        point = self._point()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            point.accessibility_ids.create({"point_id": point.id, "people": "vision"})

    # === VALUES AND RIGHTS === #

    def test_hostile_values(self):
        for vals in ({"latitude": 91}, {"longitude": -181}, {"window_count": -1}):
            with (
                self.subTest(**vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self._point(**vals)

    def test_services_given_here(self):
        service = self._service()
        point = self._point(service_ids=[(6, 0, service.ids)])
        self.assertEqual((service.point_ids, point.service_count), (point, 1))
        self.assertEqual(self.env["qms.service"].search(point.action_view_services()["domain"]), service)
        self.assertEqual(point.search(service.action_view_points()["domain"]), point)

    def test_who_edits(self):
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        own, foreign = self._point(), self._point("SP-2", department_id=elsewhere.id)
        officer = self.users["quality_officer"]
        own.with_user(officer).phone = "1"
        own.accessibility_ids.with_user(officer)[0].level = "full"
        for record in (foreign, foreign.accessibility_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(officer).write({"active": False} if record == foreign else {"level": "none"})
        with self.assertRaises(AccessError):
            own.with_user(self.clerk_user).phone = "2"
        self.assertEqual(own.with_user(self.clerk_user).phone, "1")

    def test_nothing_leaks_to_another_authority(self):
        self._point()
        for model in ("qms.service.point", "qms.accessibility"):
            self.assertFalse(self._abroad(model).search([]), model)
