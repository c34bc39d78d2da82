import datetime
import io
import zipfile

import xlsxwriter

from odoo.tests import BaseCase, tagged

from odoo.addons.qms_core.lib.workbook import Limits, check, read

from .workbook_samples import SPEC, STEP_HEADERS, UNIT_HEADERS, by_hand, packed


@tagged("-at_install", "post_install")
class TestWorkbookFile(BaseCase):
    """What is refused before any cell is looked at, each with one problem."""

    def refused(self, content, **limits):
        book = read(content, SPEC, Limits(**limits))
        self.assertEqual(len(book.problems), 1, book.problems)
        return book.problems[0]

    def test_not_a_workbook(self):
        self.assertEqual(self.refused(b"code;name").code, "not_xlsx")
        self.assertEqual(self.refused(b"").code, "not_xlsx")
        self.assertEqual(self.refused(b"\xd0\xcf\x11\xe0 an encrypted one").code, "not_xlsx")

    def test_another_archive(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("readme.txt", "nothing")
        self.assertEqual(self.refused(buffer.getvalue()).code, "not_xlsx")

    def test_damaged(self):
        content = bytearray(packed([("A", "А", "A")]))
        content[60:90] = b"\0" * 30
        self.assertIn(self.refused(bytes(content)).code, ("not_xlsx", "unreadable"))

    def test_too_large(self):
        problem = self.refused(packed(), size=1000)
        self.assertEqual(problem.code, "too_large")

    def test_zip_bomb(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", b" " * 3_000_000)
        self.assertLess(len(buffer.getvalue()), 10_000)
        self.assertEqual(self.refused(buffer.getvalue(), unpacked=2_000_000).code, "too_much_inside")

    def test_entities(self):
        source = io.BytesIO(packed())
        buffer = io.BytesIO()
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
            for part in old.infolist():
                text = old.read(part)
                if part.filename == "xl/workbook.xml":
                    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                    text = text.replace(b"<workbook", doctype + b"<workbook", 1)
                new.writestr(part.filename, text)
        self.assertEqual(self.refused(buffer.getvalue()).code, "not_plain")

    def test_wrong_sheets(self):
        book = read(by_hand(lambda workbook: setattr(workbook["steps"], "title", "step")), SPEC)
        found = [(problem.code, problem.params["names"]) for problem in book.problems]
        self.assertEqual(found, [("sheets_missing", "steps"), ("sheets_unknown", "step")])

    def test_wrong_columns(self):
        def fill(workbook):
            workbook["steps"]["B1"] = "keys"
            workbook["steps"]["D1"] = "after"

        found = [(p.code, p.sheet, p.row, p.params["names"]) for p in read(by_hand(fill), SPEC).problems]
        self.assertEqual(
            found,
            [
                ("columns_missing", "steps", 1, "key, helpers"),
                ("columns_unknown", "steps", 1, "keys"),
                ("columns_twice", "steps", 1, "after"),
            ],
        )

    def test_empty_sheet(self):
        problem = self.refused(by_hand(lambda workbook: workbook["steps"].delete_rows(1)))
        self.assertEqual((problem.code, problem.sheet), ("columns_missing", "steps"))

    def test_merged_cells(self):
        problem = self.refused(by_hand(lambda workbook: workbook["units"].merge_cells("B2:C3")))
        self.assertEqual((problem.code, problem.sheet, problem.params["area"]), ("merged", "units", "B2:C3"))

    def test_formula_names_its_cell(self):
        problem = self.refused(by_hand(lambda workbook: workbook["units"].__setitem__("F2", "=1+1")))
        self.assertEqual((problem.code, problem.sheet, problem.row, problem.column), ("formula", "units", 2, "places"))

    def test_too_many_rows(self):
        buffer = io.BytesIO()
        workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True})
        sheet = workbook.add_worksheet("units")
        sheet.write_row(0, 0, UNIT_HEADERS)
        for row in range(1, 100_001):
            sheet.write_string(row, 0, f"U{row}")
        workbook.add_worksheet("steps").write_row(0, 0, STEP_HEADERS)
        workbook.close()
        problem = self.refused(buffer.getvalue())
        self.assertEqual((problem.code, problem.sheet, problem.params), ("too_many_rows", "units", {"limit": 20_000}))

    def test_value_without_header(self):
        problem = self.refused(by_hand(lambda workbook: workbook["steps"].__setitem__("F2", "lost")))
        self.assertEqual((problem.code, problem.row, problem.column), ("no_header", 2, "F2"))


@tagged("-at_install", "post_install")
class TestWorkbookCells(BaseCase):
    def values(self, *row):
        book = read(packed([row]), SPEC)
        return book.rows["units"][0].values, [(p.code, p.row, p.column) for p in book.problems]

    def test_values_and_defaults(self):
        values, problems = self.values("A.1", " Відділ\r\n1 ", "Office")
        self.assertFalse(problems)
        self.assertEqual(
            values,
            {
                "code": "A.1",
                "name@uk": "Відділ\n1",
                "name@en": "Office",
                "parent": "",
                "kind": "big",
                "places": 0,
                "rent": 0.0,
                "open": True,
            },
        )

    def test_texts_that_mean_numbers(self):
        values, problems = self.values("7", "a", "b", "", "small", "12", "45,50", "ні")
        self.assertFalse(problems)
        self.assertEqual([values[name] for name in ("kind", "places", "rent", "open")], ["small", 12, 45.5, False])

    def test_strange_texts_survive(self):
        for text in ("=1+1", "_x0041_", "<b>&amp;", "'quoted", "line\nbreak", "\U0001f33b"):
            values, problems = self.values("A", text, "")
            self.assertEqual((values["name@uk"], problems), (text, []))

    def test_each_wrong_cell_is_named(self):
        _values, problems = self.values("A 1", "a", "", "", "medium", "1.5", "1e9", "maybe")
        self.assertEqual(
            problems,
            [
                ("bad_code", 2, "code"),
                ("bad_choice", 2, "kind"),
                ("bad_int", 2, "places"),
                ("out_of_range", 2, "rent"),
                ("bad_bool", 2, "open"),
            ],
        )

    def test_negative_and_absurd_numbers(self):
        for text, code in (
            ("-1", "out_of_range"),
            ("51", "out_of_range"),
            ("nan", "bad_number"),
            ("inf", "bad_number"),
            ("9" * 400, "bad_number"),
            ("ten", "bad_number"),
        ):
            self.assertEqual(self.values("A", "a", "", "", "", text)[1], [(code, 2, "places")])

    def test_what_spreadsheet_programs_do_to_codes(self):
        def fill(workbook):
            workbook["units"]["A2"] = 4.1
            workbook["units"].append([datetime.date(2026, 1, 4), "а", "b"])
            workbook["units"].append([7.0, "а", "b"])

        book = read(by_hand(fill), SPEC)
        self.assertEqual([(p.code, p.row) for p in book.problems], [("number_as_code", 2), ("date", 3)])
        self.assertEqual(book.rows["units"][2].values["code"], "7")


@tagged("-at_install", "post_install")
class TestWorkbookChecks(BaseCase):
    def problems(self, unit_rows, step_rows=(), known=None):
        book = read(packed(unit_rows, step_rows), SPEC)
        self.assertFalse(book.problems)
        return [(p.code, p.sheet, p.row, p.column) for p in check(SPEC, book, known)]

    def test_all_right(self):
        rows = [("A", "а", "a"), ("B", "б", "", "A")]
        self.assertFalse(self.problems(rows, [["A", "s1", "", "A;B"], ["A", "s2", "s1", ""]]))

    def test_required(self):
        self.assertEqual(self.problems([("A", "", "")]), [("required", "units", 2, "name@uk")])
        self.assertFalse(self.problems([("A", "", "one language is enough")]))

    def test_duplicate(self):
        rows = [("A", "а", ""), ("B", "б", ""), ("A", "в", "")]
        self.assertEqual(self.problems(rows), [("duplicate", "units", 4, "code")])
        steps = [["A", "s1", "", ""], ["B", "s1", "", ""], ["A", "s1", "", ""]]
        self.assertEqual(self.problems(rows[:2], steps), [("duplicate", "steps", 4, "key")])

    def test_unknown_reference(self):
        self.assertEqual(self.problems([("A", "а", "", "Z")]), [("unknown_ref", "units", 2, "parent")])
        self.assertFalse(self.problems([("A", "а", "", "Z")], known={"units": {("Z",)}}))

    def test_reference_to_another_rows_step(self):
        rows = [("A", "а", ""), ("B", "б", "")]
        steps = [["A", "s1", "", ""], ["B", "s2", "s1", ""]]
        self.assertEqual(self.problems(rows, steps), [("unknown_ref", "steps", 3, "after")])

    def test_local_reference_is_not_met_from_outside(self):
        found = self.problems([], [["Z", "s1", "", ""]], known={"units": {("Z",)}})
        self.assertEqual(found, [("unknown_ref", "steps", 2, "unit")])

    def test_cycle_is_told_once(self):
        rows = [("A", "а", "", "C"), ("B", "б", "", "A"), ("C", "в", "", "B"), ("D", "г", "", "C"), ("E", "д", "", "E")]
        self.assertEqual(self.problems(rows), [("cycle", "units", 2, "parent"), ("cycle", "units", 6, "parent")])
