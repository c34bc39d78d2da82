import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError

from odoo.addons.qms_core.lib import acknowledgement_xlsx

from .acknowledgement_common import AcknowledgementCase


class TestQmsAcknowledgementSheet(AcknowledgementCase):
    """People without a login sign on paper; the officer of the unit confirms the scanned sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook, cls.driver = cls._person("Cook"), cls._person("Driver")
        cls.document = cls._document(distribution_ids=cls._to_unit())
        cls.version = cls._in_force(cls.document)
        cls.keeper = cls.users["quality_officer"]
        rows = cls.rows.search(
            [("document_id", "=", cls.document.id), ("employee_id", "in", (cls.cook | cls.driver).ids)]
        )
        cls.paper = rows.sorted(lambda row: row.employee_id.name)

    def _sheet(self, user=None):
        action = self.paper.with_user(user or self.keeper).action_make_sheets()
        return self.env["qms.acknowledgement.sheet"].with_user(user or self.keeper).browse(action["res_id"])

    def _scan(self, sheet):
        file = self.env["ir.attachment"].with_user(self.keeper).create({"name": "scan.pdf", "raw": b"%PDF-1.4 scan"})
        sheet.write({"attachment_ids": [(4, file.id)]})
        return file

    def _sign(self, sheet, *people, day=None):
        for line in sheet.line_ids.filtered(lambda line: line.acknowledgement_id.sudo().employee_id.name in people):
            line.write({"is_signed": True, "date_signed": day or self.today})

    def test_whole_life(self):
        sheet = self._sheet()
        self.assertEqual(sheet.line_ids.mapped("person_name"), ["Cook", "Driver"])
        file = self._scan(sheet)
        self._sign(sheet, "Cook")
        sheet.action_confirm()
        cook, driver = self.paper
        self.assertEqual((cook.state, cook.way, cook.person_name), ("done", "paper", "Cook"))
        self.assertEqual(cook.recorded_by_id, self.keeper)
        self.assertEqual((driver.state, sheet.state), ("open", "done"))
        self.assertEqual(file.res_model, "qms.acknowledgement.sheet")
        self.assertTrue(self._calls(self.keeper).filtered(lambda call: call.qms_verb == "do"), "One has not signed.")
        again = self._sheet()
        self.assertEqual(again.line_ids.mapped("person_name"), ["Driver"])
        self._scan(again)
        again.action_sign_all()
        again.action_confirm()
        self.assertEqual(driver.state, "done")
        self.assertFalse(self._calls(self.keeper).filtered(lambda call: call.qms_verb == "do"))

    def test_who_has_a_login_is_on_no_sheet(self):
        clerk = self._row(self.document, self.clerk)
        with self.assertRaises(UserError):
            clerk.with_user(self.keeper).action_make_sheets()
        self.cook.user_id = self.stranger
        self.assertEqual(self._sheet().line_ids.mapped("person_name"), ["Driver"])

    def test_who_got_a_login_meanwhile_confirms_himself(self):
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook")
        self.cook.user_id = self.stranger
        with self.assertRaisesRegex(UserError, "has a login"):
            sheet.action_confirm()
        self.assertEqual((self.paper[0].state, sheet.state), ("open", "open"))

    def test_what_is_missing_is_named(self):
        sheet = self._sheet()
        self._sign(sheet, "Cook")
        with self.assertRaisesRegex(UserError, "scan"):
            sheet.action_confirm()
        self._scan(sheet)
        sheet.line_ids.write({"is_signed": False})
        with self.assertRaisesRegex(UserError, "who has signed"):
            sheet.action_confirm()
        sheet.line_ids.write({"is_signed": True, "date_signed": False})
        with self.assertRaisesRegex(UserError, "which day"):
            sheet.action_confirm()
        self._sign(sheet, "Cook", "Driver", day=self.today + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "today at the latest"):
            sheet.action_confirm()
        self._sign(sheet, "Cook", "Driver", day=self.today - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "in force since"):
            sheet.action_confirm()
        self.assertEqual(set(self.paper.mapped("state")), {"open"})

    def test_only_who_keeps_the_sheets_confirms(self):
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook")
        for user in (self.clerk_user, self.stranger, self.users["auditor"]):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    sheet.with_user(user).action_confirm()
                with self.assertRaises(AccessError):
                    sheet.with_user(user).line_ids.write({"is_signed": True})
        with self.assertRaises(AccessError):
            self.paper.with_user(self.stranger).action_make_sheets()
        self.assertTrue(sheet.with_user(self.head_user).may_confirm)
        sheet.with_user(self.head_user).action_confirm()
        self.assertEqual(sheet.state, "done")

    def test_rpc_of_the_keeper(self):
        sheet = self._sheet()
        clerk = self._row(self.document, self.clerk)
        line = sheet.line_ids[0]
        with self.assertRaises(UserError):
            line.write({"acknowledgement_id": clerk.id})
        with self.assertRaises(UserError):
            sheet.write({"line_ids": [(0, 0, {"acknowledgement_id": clerk.id, "is_signed": True})]})
        with self.assertRaises(UserError):
            sheet.write({"state": "done"})
        with self.assertRaises(UserError):
            sheet.write({"version_id": self.version.id})
        with self.assertRaises(UserError):
            sheet.create({"version_id": self.version.id})
        with self.assertRaises(UserError):
            line.unlink()

    def test_a_confirmed_sheet_is_frozen_with_its_scan(self):
        sheet = self._sheet()
        file = self._scan(sheet)
        self._sign(sheet, "Cook")
        sheet.action_confirm()
        with self.assertRaises(UserError):
            sheet.line_ids.write({"is_signed": False})
        with self.assertRaises(UserError):
            sheet.write({"attachment_ids": [(5,)]})
        with self.assertRaises(AccessError):
            file.with_user(self.keeper).write({"raw": b"%PDF-1.4 another"})
        with self.assertRaises(UserError):
            sheet.action_confirm()

    def test_a_scan_untied_before_the_confirmation_is_frozen_all_the_same(self):
        sheet = self._sheet()
        file = self._scan(sheet)
        self._sign(sheet, "Cook")
        file.with_user(self.keeper).write({"res_model": False, "res_id": 0, "type": "url"})
        sheet.action_confirm()
        self.assertEqual((file.res_model, file.res_id, file.type), (sheet._name, sheet.id, "binary"))
        with self.assertRaises(AccessError):
            file.with_user(self.keeper).write({"raw": b"%PDF-1.4 another"})

    def test_a_scan_of_another_record_is_copied(self):
        sheet = self._sheet()
        file = self.env["ir.attachment"].create(
            {
                "name": "scan.pdf",
                "raw": b"%PDF-1.4 scan",
                "res_model": self.document._name,
                "res_id": self.document.id,
            }
        )
        sheet.write({"attachment_ids": [(4, file.id)]})
        self._sign(sheet, "Cook")
        sheet.action_confirm()
        scan = sheet.attachment_ids
        self.assertNotEqual(scan, file)
        self.assertEqual((scan.res_model, scan.res_id, scan.raw), (sheet._name, sheet.id, b"%PDF-1.4 scan"))
        file.write({"raw": b"%PDF-1.4 another"})
        self.assertEqual(scan.raw, b"%PDF-1.4 scan")

    def test_a_scan_is_no_program(self):
        sheet = self._sheet()
        file = self.env["ir.attachment"].with_user(self.keeper).create({"name": "scan.exe", "raw": b"MZ"})
        with self.assertRaises(UserError):
            sheet.write({"attachment_ids": [(4, file.id)]})

    # === SIGNED BEFORE THE END, SCANNED AFTER IT === #

    def test_what_was_signed_in_time_counts_after_the_end_of_the_version(self):
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook")
        self._in_force(self.document, body="<p>Until six.</p>")
        self.assertEqual(self.paper[0].state, "void")
        sheet.action_confirm()
        cook = self.paper[0]
        self.assertEqual((cook.state, cook.void_reason, cook.date_signed), ("done", False, self.today))
        self.assertEqual(self.paper[1].state, "void", "Who has not signed stays let off.")

    def test_what_was_signed_after_the_end_is_refused_by_name(self):
        self.version._transition({"date_effective": self.today - timedelta(days=9)})
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook")
        self._in_force(self.document, body="<p>Until six.</p>")
        self.version._transition({"date_withdrawn": self.today - timedelta(days=2)})
        with self.assertRaisesRegex(UserError, "Cook can't have signed"):
            sheet.action_confirm()
        self._sign(sheet, "Cook", day=self.today - timedelta(days=3))
        sheet.action_confirm()
        self.assertEqual(self.paper[0].state, "done")

    def test_who_got_his_login_after_he_signed_has_signed(self):
        self.version._transition({"date_effective": self.today - timedelta(days=9)})
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook", day=self.today - timedelta(days=3))
        self.cook.user_id = self.stranger
        sheet.action_confirm()
        self.assertEqual(self.paper[0].state, "done")

    def test_who_was_asked_anew_signs_the_new_request(self):
        sheet = self._sheet()
        self._scan(sheet)
        self._sign(sheet, "Cook")
        self.cook.active = False
        self._night(days=1)
        self.cook.active = True
        self._night(days=2)
        anew = self._row(self.document, self.cook, "open")
        self.assertNotEqual(anew, self.paper[0])
        sheet.action_confirm()
        self.assertEqual((anew.state, self.paper[0].state), ("done", "void"))

    def test_printed_with_names(self):
        sheet = self._sheet()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "qms_core.report_acknowledgement_sheet", sheet.ids
        )
        text = html.decode()
        for word in ("Cook", "Driver", sheet.number, self.unit.name):
            self.assertIn(word, text)
        self.assertNotIn(self.clerk.name, text)

    def test_sheet_of_the_version_on_paper_and_as_workbook(self):
        self._row(self.document, self.clerk).with_user(self.clerk_user).action_confirm()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "qms_core.report_acknowledgements", self.version.ids
        )
        self.assertIn(self.clerk.name, html.decode())
        book = openpyxl.load_workbook(io.BytesIO(acknowledgement_xlsx.write(self.version._sheet_data())))
        rows = list(book.active.iter_rows(min_row=6, values_only=True))
        self.assertEqual(len(rows), 5)
        clerk = next(row for row in rows if row[1] == self.clerk.name)
        self.assertEqual(clerk[6], "On screen")
        self.assertFalse(next(row for row in rows if row[1] == "Cook")[6])

    def test_the_workbook_is_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        with patch.object(type(self.version), "_sheet_columns", lambda version: [version.env.lang]):
            self.version._transition({"lang": "fr_FR"})
            self.assertEqual(self.version.with_context(lang="en_US")._sheet_data()["columns"], ["fr_FR"])

    def test_a_name_is_no_formula(self):
        self.driver.name = '=HYPERLINK("http://evil.example")'
        book = openpyxl.load_workbook(io.BytesIO(acknowledgement_xlsx.write(self.version._sheet_data())))
        cells = [cell for row in book.active.iter_rows(min_row=6) for cell in row if cell.value == self.driver.name]
        self.assertEqual([cell.data_type for cell in cells], ["s"])

    def test_the_sheet_shows_each_reader_what_he_may_see(self):
        self.assertEqual(len(self.version.with_user(self.clerk_user)._sheet_rows()), 1)
        self.assertEqual(len(self.version.with_user(self.head_user)._sheet_rows()), 5)
        self.assertEqual(len(self.version.with_user(self.users["commissioner"])._sheet_rows()), 5)
