import io

import openpyxl

from odoo.tests import BaseCase, tagged

from odoo.addons.qms_core.lib.workbook import Limits

from ...lib.appeal_table import APPEALS, read_file, template

HEAD = "received;kind;text;author;channel\n"


@tagged("-at_install", "post_install")
class TestAppealTable(BaseCase):
    def _problems(self, content, **limits):
        book = read_file(content, Limits(**limits)) if limits else read_file(content)
        return [(problem.code, problem.row, problem.column) for problem in book.problems]

    def test_reads_csv_of_our_spreadsheet_programs(self):
        text = HEAD + '02.03.2026;complaint;"Два рядки;\nтексту";Іван;letter\n2026-03-03;application;Лампа;;\n'
        for encoding in ("utf-8-sig", "cp1251"):
            with self.subTest(encoding=encoding):
                book = read_file(text.encode(encoding))
                self.assertFalse(book.problems)
                first, second = book.rows[APPEALS.name]
                self.assertEqual((first.values["received"], first.values["text"]), ("2026-03-02", "Два рядки;\nтексту"))
                self.assertEqual((second.number, second.values["kind"]), (3, "application"))

    def test_reads_its_own_template(self):
        book = read_file(template())
        self.assertFalse(book.problems)
        self.assertEqual(len(book.rows[APPEALS.name]), 1)

    def test_names_each_wrong_cell(self):
        text = HEAD + "2026-02-30;complaint;A;;letter\n2026-03-01;;B;;pigeon\n;complaint;;;\n"
        self.assertEqual(
            self._problems(text.encode()),
            [
                ("bad_date", 2, "received"),
                ("bad_choice", 3, "channel"),
                ("required", 3, "kind"),
                ("required", 4, "received"),
                ("required", 4, "text"),
            ],
        )

    def test_what_is_no_table_has_one_problem(self):
        sheet = openpyxl.Workbook()
        stream = io.BytesIO()
        sheet.save(stream)
        for name, content, code in (
            ("program", b"MZ\x00\x00\x90", "not_table"),
            ("page", b"<html><body>Hello</body></html>", "not_table"),
            ("empty", b"", "not_table"),
            ("damaged", b"PK\x03\x04 and nothing", "not_xlsx"),
            ("other workbook", stream.getvalue(), "sheets_missing"),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._problems(content)[0][0], code)

    def test_too_many_rows_is_one_problem(self):
        text = HEAD + "2026-13-45;complaint;A;;\n" * 200_000
        self.assertEqual(self._problems(text.encode()), [("too_many_rows", 0, "")])
        self.assertEqual(self._problems(text.encode(), size=1024), [("too_large", 0, "")])

    def test_columns_that_are_missing_unknown_or_twice(self):
        codes = [code for code, _row, _column in self._problems(b"received;kind;kind;colour\n")]
        self.assertEqual(codes, ["columns_missing", "columns_unknown", "columns_twice"])
