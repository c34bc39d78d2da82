import io
from datetime import date
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError

from .record_common import RecordCase


class TestQmsNomenclature(RecordCase):
    """A unit's files of a year: made by one, endorsed by the archive, approved by a third, closed with counts."""

    def _on(self, day):
        return patch.object(type(self.env["res.company"]), "_qms_today", lambda _self: day)

    def test_three_people_put_it_in_force(self):
        record = self._nomenclature()
        record.action_submit()
        with self.assertRaisesRegex(UserError, "visa of the archive"):
            record.with_user(self.commissioner).action_approve()
        record.with_user(self.archivist).action_visa()
        self.assertEqual(record.visa_user_id, self.archivist)
        record.with_user(self.commissioner).action_approve()
        self.assertEqual((record.state, record.approver_id), ("approved", self.commissioner))
        self.assertTrue(record.seal_checksum)

    def test_archive_then_deciders_are_called(self):
        record = self._nomenclature()
        record.action_submit()
        calls = self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.assertEqual(calls.user_id, self.archivist)
        record.with_user(self.archivist).action_visa()
        calls = self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.assertEqual(calls.user_id, self.commissioner | self.mayor)

    def test_nobody_endorses_or_approves_his_own(self):
        record = self._nomenclature(user=self.archivist)
        record.action_submit()
        with self.assertRaises(AccessError):
            record.with_user(self.archivist).action_visa()
        both = self._user("both", "qms_core.group_archive,qms_core.group_commissioner")
        record.with_user(both).action_visa()
        with self.assertRaisesRegex(AccessError, "endorsed"):
            record.with_user(both).action_approve()
        with self.assertRaises(AccessError):
            record.with_user(self.clerk_user).action_visa()

    def test_files_stay_as_approved(self):
        record = self._approved_nomenclature()
        line = self._file_line(record)
        for attempt in (
            lambda: line.with_user(self.coordinator).write({"retention_years": 1}),
            lambda: line.with_user(self.coordinator).unlink(),
            lambda: record.with_user(self.coordinator).write({"line_ids": [(2, line.id, 0)]}),
            lambda: record.with_user(self.coordinator).write({"state": "draft"}),
            lambda: line.copy({"index": "01-09"}),
            lambda: line.sudo().write({"retention_years": 1}),
            lambda: record.with_user(self.coordinator).with_context(_force_unlink=True).unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        self.assertEqual(line.retention_years, 5)

    def test_nothing_of_the_steps_is_typed_in(self):
        with self.assertRaises(UserError):
            self._nomenclature(state="approved")
        record = self._nomenclature(visa_user_id=self.archivist.id, approver_id=self.mayor.id)
        self.assertFalse(record.visa_user_id | record.approver_id)
        with self.assertRaises(UserError):
            record.write({"visa_user_id": self.archivist.id})
        line = record.line_ids.create({"nomenclature_id": record.id, "index": "9", "name": "x", "volume_count": 7})
        self.assertFalse(line.volume_count)

    def test_return_and_reopen_start_the_approval_anew(self):
        record = self._nomenclature()
        record.action_submit()
        record.with_user(self.archivist).action_visa()
        record.with_user(self.archivist).action_return("The article of 01-01 is another one")
        self.assertEqual((record.state, record.visa_user_id.id), ("draft", False))
        record.action_submit()
        record.with_user(self.archivist).action_visa()
        record.with_user(self.commissioner).action_approve()
        with self.assertRaises(AccessError):
            record.with_user(self.coordinator).action_reopen("I want it")
        record.with_user(self.mayor).action_reopen("A new kind of papers")
        self.assertEqual((record.state, record.approver_id.id), ("draft", False))

    def test_empty_list_and_wrong_figures(self):
        record = self._nomenclature(line_ids=False)
        with self.assertRaisesRegex(UserError, "no files"):
            record.action_submit()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._nomenclature(year=12)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            record.write({"line_ids": [(0, 0, {"index": "1", "name": "x", "retention_years": 0})]})

    def test_year_is_closed_with_counts_and_the_next_is_drafted(self):
        record = self._approved_nomenclature(year=2026)
        with self._on(date(2026, 12, 30)), self.assertRaisesRegex(UserError, "when the year is over"):
            record.with_user(self.officer_user).action_count()
        with self._on(date(2027, 1, 11)):
            with self.assertRaises(AccessError):
                record.with_user(self.mayor).action_count()
            record.with_user(self.officer_user).action_count()
            lines = record.line_ids.with_user(self.officer_user)
            with self.assertRaises(UserError), self.cr.savepoint():
                lines[0].write({"name": "Another title", "volume_count": 2})
            with self.assertRaises(UserError), self.cr.savepoint():
                lines.create({"nomenclature_id": record.id, "index": "7", "name": "x"})
            with self.assertRaises(UserError), self.cr.savepoint():
                record.with_user(self.officer_user).write({"year": 2025})
            with self.assertRaises(UserError), self.cr.savepoint():
                record.with_user(self.officer_user).unlink()
            counts = {"volume_count": 3, "sheet_count": 412, "is_counted": True}
            record.with_user(self.officer_user).write({"line_ids": [(1, lines[0].id, counts)]})
            with self.assertRaisesRegex(UserError, "01-02"):
                record.with_user(self.officer_user).action_close_year()
            lines[1].write({"volume_count": 2, "is_counted": True, "is_carried": True})
            lines[2].write({"is_counted": True})
            action = record.with_user(self.officer_user).action_close_year()
        self.assertEqual((record.state, record.date_closed), ("closed", date(2027, 1, 11)))
        draft = record.browse(action["res_id"])
        self.assertEqual((draft.year, draft.state, draft.author_id), (2027, "draft", self.officer_user))
        self.assertEqual(draft.line_ids.mapped("index"), record.line_ids.mapped("index"))
        self.assertFalse(any(draft.line_ids.mapped("is_counted")))
        self.assertEqual([row[1:] for row in record._totals()], [(2, 2), (0, 0), (3, 0), (5, 2)])
        with self.assertRaises(UserError), self.cr.savepoint():
            lines[0].write({"volume_count": 9})
        self.assertEqual(record._verify(), [])

    def test_head_closes_the_year_from_beginning_to_end(self):
        record = self._approved_nomenclature(year=2025).with_user(self.head_user)
        self.assertTrue(record.may_close)
        record.action_count()
        record.write({"line_ids": [(1, record.line_ids[0].id, {"volume_count": 3, "is_counted": True})]})
        record.line_ids.write({"is_counted": True})
        with self.assertRaises(UserError), self.cr.savepoint():
            record.line_ids[0].write({"retention_years": 1})
        with self.assertRaises(AccessError), self.cr.savepoint():
            record.line_ids.with_user(self.clerk_user).write({"volume_count": 4})
        draft = record.browse(record.action_close_year()["res_id"])
        self.assertEqual((record.state, draft.year, draft.author_id), ("closed", 2026, self.head_user))
        with self.assertRaises(AccessError), self.cr.savepoint():
            draft.write({"lang": "en_US", "year": 2027})

    def test_closing_begun_too_early_is_taken_back(self):
        record = self._approved_nomenclature(year=2025)
        record.with_user(self.officer_user).action_count()
        record.line_ids[0].with_user(self.officer_user).write({"volume_count": 3, "is_counted": True})
        with self.assertRaises(AccessError):
            record.with_user(self.mayor).action_stop_counting()
        record.with_user(self.officer_user).action_stop_counting()
        self.assertEqual((record.state, record.line_ids[0].volume_count), ("approved", 3))
        self.assertEqual(record._verify(), [])

    def test_nobody_approves_what_he_submitted(self):
        record = self._nomenclature()
        record.with_user(self.commissioner).action_submit()
        calls = self.env["mail.activity"]
        record.with_user(self.archivist).action_visa()
        calls = calls.search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.assertEqual(calls.user_id, self.mayor)
        with self.assertRaisesRegex(AccessError, "another person"):
            record.with_user(self.commissioner).action_approve()
        record.with_user(self.mayor).action_approve()
        self.assertEqual(record.state, "approved")

    def _closed(self, record, **carried):
        record.with_user(self.officer_user).action_count()
        for line in record.line_ids.with_user(self.officer_user):
            line.write({"is_counted": True, "is_carried": line.index in carried.get("indexes", ())})
        return record.browse(record.with_user(self.officer_user).action_close_year()["res_id"])

    def _put_in_force(self, draft):
        draft.with_user(self.officer_user).action_submit()
        draft.with_user(self.archivist).action_visa()
        draft.with_user(self.commissioner).action_approve()

    def test_file_that_goes_on_is_kept_from_the_end_of_the_last(self):
        with self._on(date(2023, 5, 4)):
            first = self._approved_nomenclature(year=2023)
            going, ended = (self._filed(self._file_line(first, index)) for index in ("01-01", "01-01"))
        with self._on(date(2024, 1, 11)):
            second = self._closed(first, indexes=["01-01"])
            self.assertFalse(going.retention_until)
            self._put_in_force(second)
        self.assertEqual(self._file_line(second).continues_id, self._file_line(first))
        with self._on(date(2025, 1, 11)):
            third = self._closed(second, indexes=["01-01"])
            self._put_in_force(third)
            self.assertFalse(going.retention_until)
        with self._on(date(2026, 1, 11)):
            self._closed(third)
        self.assertEqual((going | ended).mapped("retention_until"), [date(2030, 12, 31)] * 2)

    def test_file_that_does_not_go_on_is_kept_from_its_own_year(self):
        with self._on(date(2023, 5, 4)):
            first = self._approved_nomenclature(year=2023)
            record = self._filed(self._file_line(first))
        with self._on(date(2024, 1, 11)):
            self._put_in_force(self._closed(first))
        self.assertEqual(record.retention_until, date(2028, 12, 31))

    def test_draft_made_by_hand_takes_up_what_goes_on(self):
        record = self._approved_nomenclature(year=2025)
        by_hand = self._nomenclature(year=2026)
        self.assertEqual(self._closed(record, indexes=["01-02"]), by_hand)
        links = {line.index: line.continues_id.index for line in by_hand.line_ids}
        self.assertEqual(links, {"01-01": False, "01-02": "01-02", "01-03": False})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            by_hand.line_ids[0].continues_id = by_hand.line_ids[1]

    def test_unit_is_called_once_to_close_its_year(self):
        """The year before last was missed: it is caught up."""
        past = self._approved_nomenclature(year=2024)
        present = self._approved_nomenclature(year=2026)
        with self._on(date(2026, 12, 30)):
            for _night in range(2):
                self.env["qms.nomenclature"]._cron_dispose()
        self.assertEqual((past.activity_ids.user_id, len(past.activity_ids)), (self.officer_user, 1))
        self.assertFalse(present.activity_ids)
        self._closed(past)
        self.assertFalse(past.activity_ids)
        with self._on(date(2026, 12, 31)):
            self.env["qms.nomenclature"]._cron_dispose()
        self.assertEqual(present.activity_ids.date_deadline, date(2027, 1, 31))
        self.assertFalse(past.activity_ids)

    def test_counts_wait_for_the_closing(self):
        record = self._approved_nomenclature()
        with self.assertRaises(UserError):
            record.line_ids[0].with_user(self.officer_user).write({"volume_count": 1})

    def test_sealed_counts_show_tampering(self):
        record = self._approved_nomenclature(year=2025)
        record.with_user(self.officer_user).action_count()
        record.line_ids.with_user(self.officer_user).write({"is_counted": True, "volume_count": 1})
        record.with_user(self.officer_user).action_close_year()
        self.env.flush_all()
        self.env.cr.execute("UPDATE qms_nomenclature_line SET volume_count = 0 WHERE nomenclature_id = %s", [record.id])
        self.env.invalidate_all()
        self.assertEqual(len(record._verify()), 1)

    def test_next_year_is_copied_once(self):
        record = self._approved_nomenclature()
        first = record.with_user(self.officer_user).action_next_year()
        second = record.with_user(self.coordinator).action_next_year()
        self.assertEqual(first["res_id"], second["res_id"])

    def test_each_unit_reads_its_own(self):
        record = self._nomenclature()
        self.assertTrue(record.with_user(self.clerk_user).has_access("read"))
        self.assertFalse(record.with_user(self.clerk_user).has_access("write"))
        self.assertFalse(record.with_user(self.clerk_user).may_edit)
        self.assertTrue(record.with_user(self.officer_user).may_edit)
        self.assertFalse(record.with_user(self.outsider).has_access("read"))
        self.assertFalse(record.line_ids.with_user(self.outsider).has_access("read"))
        self.assertTrue(record.with_user(self.users["auditor"]).has_access("read"))
        self.assertFalse(self._abroad("qms.nomenclature").search([("id", "=", record.id)]))
        with self.assertRaises(AccessError):
            self._nomenclature(department_id=self.elsewhere.id)

    def test_workbook_and_print(self):
        record = self._approved_nomenclature()
        file = record.with_user(self.clerk_user)._workbook_file()
        sheet = load_workbook(io.BytesIO(file["content"])).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        self.assertEqual(rows[0][:2], ["Index", "Title of the file"])
        self.assertEqual(rows[1][:4], ["01-01", "Protocols", None, "5 years, art. 79"])
        html, _type = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_nomenclature", record.ids)
        self.assertIn("Permanent", html.decode())
        self.assertIn(self.archivist.name, html.decode())

    def test_formula_in_a_title_stays_text(self):
        record = self._nomenclature()
        record.line_ids[0].name = "{=1+1}"
        record.line_ids[1].name = "=HYPERLINK(1)"
        sheet = load_workbook(io.BytesIO(record._workbook_file()["content"])).active
        self.assertEqual([sheet.cell(row, 2).data_type for row in (5, 6)], ["s", "s"])
