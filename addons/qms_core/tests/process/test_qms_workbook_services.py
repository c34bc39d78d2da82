from odoo.tests import tagged

from .workbook_common import MODEL, WorkbookCase

POINT = {
    "code": "SP1",
    "name@en": "Office",
    "name@uk": "Офіс",
    "unit": "U1",
    "address@en": "1 Square",
    "hours": "Mo-Fr 08:00-17:00",
    "windows": 3,
    "latitude": 49.5,
    "longitude": 25.6,
}
SERVICE = {
    **MODEL["services"][0],
    "responsible": "R2",
    "channels": "portal;centre",
    "applicants": "citizen",
    "life_events": "moving",
    "points": "SP1",
    "legal_basis": "Act 1\nAct 2",
    "plain_text@en": "Come.",
    "plain_text@uk": "Прийдіть.",
}
REGISTER = {
    "service_points": [POINT],
    "service_accessibility": [{"point": "SP1", "people": "vision", "level": "partial", "checked_on": "2026-03-12"}],
    "services": [SERVICE],
    "service_norms": [
        {"service": "S1", "valid_from": "2022-01-01", "deadline_days": 10, "deadline_kind": "calendar"},
        {
            "service": "S1",
            "valid_from": "2024-01-01",
            "deadline_days": 5,
            "deadline_kind": "working",
            "waiting_minutes": 15,
        },
    ],
    "service_documents": [
        {"service": "S1", "key": "d01", "name@en": "Passport", "name@uk": "Паспорт"},
        {
            "service": "S1",
            "key": "d02",
            "sequence": 20,
            "name@en": "Extract",
            "obtained_by": "authority",
            "source": "PT1",
        },
    ],
    "service_promises": [{"service": "S1", "key": "p01", "name@en": "No queue", "target@en": "95 %"}],
}


@tagged("-at_install", "post_install")
class TestQmsWorkbookServices(WorkbookCase):
    def test_register_arrives(self):
        self._load(self._pack(**REGISTER))
        service = self._find("qms.service", "S1")
        self.assertEqual(sorted(service.channel_ids.mapped("code")), ["centre", "portal"])
        self.assertEqual((service.life_event_ids.code, service.applicant_category_ids.code), ("moving", "citizen"))
        self.assertEqual((service.responsible_role_id.code, service.point_ids.code), ("R2", "SP1"))
        self.assertEqual(service.with_context(lang="uk_UA").plain_text, "Прийдіть.")
        self.assertEqual(service.point_ids.opening_hours, "Mo-Fr 08:00-17:00")
        self.assertEqual(service.point_ids.accessibility_ids.mapped("level"), ["partial"])
        self.assertEqual(service.document_ids.mapped("source_party_id.code"), ["PT1"])
        self.assertEqual(service.promise_ids.target, "95 %")
        norms = service.norm_ids.sorted("valid_from")
        self.assertEqual([(str(n.valid_from), n.deadline_days) for n in norms], [("2022-01-01", 10), ("2024-01-01", 5)])
        self.assertEqual((service.deadline_days, service.deadline_kind, service.waiting_minutes), (5, "working", 15))

    def test_loading_again_changes_nothing(self):
        content = self._pack(**REGISTER)
        self._load(content)
        self.assertEqual(self._changes(content), [])
        self.assertEqual(self._changes(self.workbook._export()), [])

    def test_norms_stand_before_the_deadline_of_the_service(self):
        book = self.workbook._read(self._pack(**{**REGISTER, "services": [{**SERVICE, "deadline_days": 99}]}))
        load = self.workbook._load(book)
        self.assertEqual(len(self._find("qms.service", "S1").norm_ids), 2)
        self.assertEqual(len(load.notes), 1)
        self.assertIn("S1", load.notes[0])

    def test_without_norms_the_deadline_is_a_norm_from_today(self):
        self._load()
        norm = self._find("qms.service", "S1").norm_ids
        self.assertEqual((norm.deadline_days, norm.deadline_kind), (5, "working"))
        self.assertEqual(norm.valid_from, self.company._qms_today())

    def test_a_new_norm_is_added(self):
        self._load(self._pack(**REGISTER))
        later = {"service": "S1", "valid_from": "2099-01-01", "deadline_days": 3}
        changes = self._changes(self._pack(**{**REGISTER, "service_norms": [*REGISTER["service_norms"], later]}))
        self.assertEqual([(kind, key) for kind, _sheet, key, _changes in changes], [("new", ("S1", "2099-01-01"))])

    def test_problems_are_told(self):
        norm = {"service": "S1", "valid_from": "1 January", "deadline_days": 3}
        self.assertEqual(self._problems(service_norms=[norm]), [("bad_date", "service_norms", 2, "valid_from")])
        norm = {"service": "S1", "valid_from": "2024-02-30", "deadline_days": 3}
        self.assertEqual(self._problems(service_norms=[norm]), [("bad_date", "service_norms", 2, "valid_from")])
        wrong = {**MODEL["services"][0], "channels": "portal;pigeon"}
        self.assertEqual(self._problems(services=[wrong]), [("bad_choice", "services", 2, "channels")])
        norm = {"service": "S1", "valid_from": "2024-02-28", "deadline_days": -3}
        self.assertEqual(self._problems(service_norms=[norm]), [("out_of_range", "service_norms", 2, "deadline_days")])
        twice = {"service": "S1", "valid_from": "2024-02-28", "deadline_days": 3}
        self.assertEqual(
            self._problems(service_norms=[twice, twice]), [("duplicate", "service_norms", 3, "valid_from")]
        )

    def test_hours_written_in_another_way_are_no_change(self):
        self._load(self._pack(**{**REGISTER, "service_points": [{**POINT, "hours": "Tu,Th 9:00-13:00"}]}))
        self.assertEqual(self._find("qms.service.point", "SP1").opening_hours, "Tu 09:00-13:00; Th 09:00-13:00")
        self.assertEqual(
            self._changes(self._pack(**{**REGISTER, "service_points": [{**POINT, "hours": "Th,Tu 09:00-13:00"}]})), []
        )

    def test_wrong_hours_refuse_the_load(self):
        book = self.workbook._read(self._pack(service_points=[{**POINT, "hours": "always"}]))
        load, error = self.workbook._attempt(book, keep=True)
        self.assertFalse(load)
        self.assertIn("always", error)
        self.assertFalse(self._find("qms.service", "S1"))
