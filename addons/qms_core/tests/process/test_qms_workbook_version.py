from odoo.tests import tagged

from .workbook_common import MODEL, WorkbookCase


@tagged("-at_install", "post_install")
class TestQmsWorkbookVersion(WorkbookCase):
    # === CHANGES === #

    def test_changes_are_matched_by_code(self):
        self._load()
        service = self._find("qms.service", "S1")
        content = self._pack(services=self._rows("services", ["S1"], **{"name@uk": "Реєстрація", "fee": 50}))
        self.assertEqual(
            self._changes(content),
            [("changed", "services", ("S1",), {"name@uk": ("Registration", "Реєстрація"), "fee": (45.4, 50.0)})],
        )
        self._load(content)
        self.assertEqual((service.fee, service.name), (50, "Registration"))
        self.assertEqual(service.with_context(lang="uk_UA").name, "Реєстрація")

    def test_what_the_workbook_lacks_stays(self):
        self._load()
        self._load(self._pack(indicators=[], services=[], requirement_links=[], responsibilities=[]))
        self.assertTrue(self._find("qms.indicator", "I1") and self._find("qms.service", "S1"))
        process = self._find("qms.process", "P1.1")
        self.assertEqual((len(process.responsibility_ids), len(process.requirement_ids)), (2, 1))

    def test_rows_of_a_process_are_all_it_has(self):
        self._load()
        self._load(
            self._pack(
                responsibilities=MODEL["responsibilities"][:2],
                requirement_links=[{"process": "P1.1", "standard": "ISO", "clause": "4"}],
            )
        )
        process = self._find("qms.process", "P1.1")
        self.assertEqual([(r.role_id.code, r.letter_id.letter) for r in process.responsibility_ids], [("R2", "R")])
        self.assertEqual(process.requirement_ids.mapped("clause"), ["4"])

    def test_open_draft_is_replaced(self):
        draft = self._load().drafts.filtered(lambda version: version.process_id.code == "P1.1")
        steps = self._rows("steps", ["P1.1", "s20"], touch_minutes=9)
        load = self._load(self._pack(steps=steps))
        self.assertEqual(load.drafts, draft)
        self.assertEqual(draft.step_ids.mapped("touch_minutes"), [0, 9, 0])
        self.assertEqual(len(draft.transition_ids), 3)

    def test_approved_version_is_untouched(self):
        approved = self._approve(self._load())
        checksum = approved.seal_checksum
        process = approved.process_id
        self.assertEqual(self._changes(), [])
        steps = [row for row in MODEL["steps"] if row["key"] != "s30"]
        transitions = [row for row in MODEL["transitions"] if row["target"] != "s30"]
        load = self._load(self._pack(steps=steps, transitions=transitions))
        self.assertEqual(load.counts(), {"removed": 2})
        draft = load.drafts
        self.assertEqual((draft.process_id, draft.state, draft.based_on_id), (process, "draft", approved))
        self.assertEqual(draft.step_ids.mapped("key"), ["s10", "s20"])
        self.assertEqual(approved.step_ids.mapped("key"), ["s10", "s20", "s30"])
        self.assertEqual((process.version_id, approved.seal_checksum, approved._verify()), (approved, checksum, []))

    def test_version_in_review_is_untouched(self):
        first = self._load().drafts.filtered("step_ids")
        first.with_user(self.coordinator).action_submit()
        load = self._load(self._pack(steps=self._rows("steps", ["P1.1", "s10"], name="Ask")))
        self.assertEqual(first.step_ids[0].name, "Apply")
        self.assertNotEqual(load.drafts, first)
        self.assertEqual(load.drafts.step_ids[0].name, "Ask")

    def test_approved_contents_need_no_draft(self):
        """Who exports while a draft is open, and imports again, changes nothing: the version in force is the model."""
        process = self._approve(self._load()).process_id
        draft = process.with_user(self.coordinator)._new_version()
        draft.step_ids[0].name = "Another beginning"
        self.env.flush_all()
        self.assertEqual(self._changes(), [])
        self.assertFalse(self._load().drafts)

    def test_unit_keeps_its_head_when_nobody_holds_the_position(self):
        self._load()
        units = self._rows("units", ["U1"], manager="J3")
        jobs = [*MODEL["jobs"], {"code": "J3", "name@en": "Vacant", "unit": "U1"}]
        load = self._load(self._pack(units=units, jobs=jobs))
        self.assertIn("J3", load.notes[0])
        self.assertEqual(self._find("hr.department", "U1", "qms_code").manager_id.name, "Olha")

    def test_people_follow_their_position(self):
        self._load()
        self._load(self._pack(jobs=self._rows("jobs", ["J2"], unit="U1")))
        self.assertEqual(self._find("hr.employee", "E2", "qms_code").department_id.qms_code, "U1")
