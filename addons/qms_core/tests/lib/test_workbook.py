import datetime
import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import xlsxwriter

from odoo.tests import BaseCase, tagged

from odoo.addons.qms_core.lib.workbook import (
    Book,
    Column,
    Limits,
    Row,
    Sheet,
    TextTooLongError,
    check,
    compare,
    natural,
    pack_folder,
    read,
    rules,
    spread,
    write,
)

UNITS = Sheet(
    "units",
    (
        Column("code", "code", required=True),
        Column("name", required=True, translated=True),
        Column("parent", "ref", ref="units"),
        Column("kind", "choice", choices=("big", "small"), default="big"),
        Column("places", "int", minimum=0, maximum=50),
        Column("rent", "float", minimum=0, maximum=1000, digits=2),
        Column("open", "bool", default=True),
    ),
    parent="parent",
)
STEPS = Sheet(
    "steps",
    (
        Column("unit", "ref", ref="units", required=True, local=True),
        Column("key", "code", required=True),
        Column("after", "ref", ref="steps", by=("unit", "after"), local=True),
        Column("helpers", "ref", ref="units", many=True),
    ),
    key=("unit", "key"),
)
SPEC = (UNITS, STEPS)
UNIT_HEADERS = ["code", "name@uk", "name@en", "parent", "kind", "places", "rent", "open"]
STEP_HEADERS = ["unit", "key", "after", "helpers"]


def units(*rows):
    return [UNIT_HEADERS, *[[*row, *[""] * (len(UNIT_HEADERS) - len(row))] for row in rows]]


def packed(unit_rows=(), step_rows=()):
    return write(SPEC, {"units": units(*unit_rows), "steps": [STEP_HEADERS, *step_rows]})


def by_hand(fill):
    """Return a workbook with right headers that ``fill`` has changed with openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(packed([("A", "Відділ", "Office")])))
    fill(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


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


@tagged("-at_install", "post_install")
class TestWorkbookRules(BaseCase):
    def book(self, **sheets):
        return Book({name: [Row(*pair) for pair in enumerate(rows, start=2)] for name, rows in sheets.items()})

    def letters(self, *letters, owner="R1"):
        rows = [{"process": "P1", "role": role, "letter": letter} for role, letter in letters]
        book = self.book(processes=[{"code": "P1", "owner": owner}], responsibilities=rows)
        return [(p.code, p.row) for p in rules.check_accountable(book)]

    def test_exactly_one_accountable(self):
        self.assertFalse(self.letters(("R1", "A"), ("R1", "R"), ("R2", "C")))
        self.assertEqual(self.letters(("R1", "A"), ("R2", "A")), [("accountable_count", 3)])
        self.assertEqual(self.letters(("R2", "R")), [("accountable_count", 2)])

    def test_accountable_is_the_owner(self):
        self.assertEqual(self.letters(("R2", "A")), [("accountable_not_owner", 2)])
        self.assertEqual(self.letters(("R2", "A"), owner=""), [("accountable_not_owner", 2)])

    def test_owner_needs_no_second_letter(self):
        self.assertEqual(self.letters(("R1", "A"), ("R1", "I")), [("owner_second_letter", 3)])

    def test_shares_of_one_decision(self):
        def ways(*shares):
            rows = [{"process": "P1", "source": "s1", "target": f"s{i}", "share": s} for i, s in enumerate(shares)]
            return [(p.code, p.row) for p in rules.check_shares(self.book(transitions=rows))]

        self.assertFalse(ways(70.0, 30.0))
        self.assertFalse(ways(33.33, 33.33, 33.34))
        self.assertEqual(ways(70.0, 40.0, 10.0), [("share_sum", 3)])

    def test_flow_with_two_ends(self):
        flows = [{"party": "A", "other_process": ""}, {"party": "A", "other_process": "P1"}]
        self.assertEqual([p.row for p in rules.check_flow_ends(self.book(flows=flows))], [3])

    def test_exclusion_without_reason(self):
        clauses = [
            {"clause": "1", "applicable": True, "reason": ""},
            {"clause": "2", "applicable": False, "reason": "none"},
            {"clause": "3", "applicable": False, "reason": ""},
        ]
        self.assertEqual([p.row for p in rules.check_exclusions(self.book(requirements=clauses))], [4])

    def test_targets(self):
        def indicator(target, threshold, direction, unit="%"):
            names = ("target", "threshold", "direction", "unit_of_measure")
            return dict(zip(names, (target, threshold, direction, unit), strict=True))

        rows = [
            indicator(95.0, 90.0, "higher"),
            indicator(95.0, 99.0, "higher"),
            indicator(15.0, 10.0, "lower"),
            indicator(15.0, 0.0, "lower"),
            indicator(15.0, 20.0, "lower", unit=""),
            indicator(0.0, 0.0, "lower", unit=""),
            indicator(None, 99.0, "higher"),  # the wrong cell is told already
        ]
        found = [(p.code, p.row, p.column) for p in rules.check_targets(self.book(indicators=rows))]
        self.assertEqual(
            found,
            [("threshold_side", 3, "threshold"), ("threshold_side", 4, "threshold"), ("no_unit", 6, "unit_of_measure")],
        )

    def test_goal_that_ends_before_it_begins(self):
        days = [("2026-01-01", "2026-12-31"), ("2026-01-02", "2026-01-01"), ("", "2026-01-01"), (None, "2026-01-01")]
        goals = [{"date_start": start, "date_end": end} for start, end in days]
        self.assertEqual([p.row for p in rules.check_goal_dates(self.book(goals=goals))], [3])


@tagged("-at_install", "post_install")
class TestWorkbookComparison(BaseCase):
    current = {
        ("A",): {
            "code": "A",
            "name@uk": "а",
            "name@en": "a",
            "parent": "",
            "kind": "big",
            "places": 1,
            "rent": 0.0,
            "open": True,
        }
    }

    def compare(self, *rows, languages=("uk", "en"), owned=False):
        book = read(packed(rows), SPEC)
        wanted = {UNITS.key_of(row.values): row.values for row in book.rows["units"]}
        found = compare(replace(UNITS, owned=owned), wanted, self.current, languages)
        return [(difference.kind, difference.key[0], difference.changes) for difference in found]

    def test_equal(self):
        self.assertFalse(self.compare(("A", "а", "a", "", "big", 1)))

    def test_new_changed_removed(self):
        found = self.compare(("A", "а", "b", "", "big", 2), ("B", "б", ""))
        self.assertEqual(found[0], ("changed", "A", {"name@en": ("a", "b"), "places": (1, 2)}))
        self.assertEqual(found[1][:2], ("new", "B"))
        self.assertEqual(found[1][2]["name@en"], ("", "б"))
        self.assertEqual(self.compare(("B", "б", ""), owned=True)[-1], ("removed", "A", {}))

    def test_languages_that_are_not_installed_dont_count(self):
        self.assertFalse(self.compare(("A", "інше", "a", "", "big", 1), languages=("en",)))

    def test_empty_translation_shows_the_english_text(self):
        column = UNITS.column("name")
        values = {"name@uk": "", "name@ru": "р", "name@en": ""}
        self.assertEqual(spread(column, values, ("uk", "en")), {"uk": "р", "en": "р"})
        self.assertEqual(spread(column, {**values, "name@en": "e"}, ("uk", "en", "de")), {"uk": "e", "en": "e"})

    def test_natural_order(self):
        clauses = [("7.10",), ("7.2",), ("A",), ("7",)]
        self.assertEqual(sorted(clauses, key=natural), [("7",), ("7.2",), ("7.10",), ("A",)])


@tagged("-at_install", "post_install")
class TestWorkbookWriter(BaseCase):
    def test_same_contents_same_bytes(self):
        self.assertEqual(packed([("A", "а", "a")]), packed([("A", "а", "a")]))

    def test_too_long_text_is_not_cut(self):
        with self.assertRaises(TextTooLongError) as caught:
            packed([("A", "а" * 32_768, "")])
        self.assertEqual((caught.exception.sheet, caught.exception.column), ("units", "name@uk"))

    def test_header_explains_itself(self):
        content = write(SPEC, {"units": units()}, explain=lambda column: f"about {column.name}")
        sheet = openpyxl.load_workbook(io.BytesIO(content))["units"]
        self.assertEqual(sheet["B1"].comment.text, "about name")
        self.assertEqual(sheet.freeze_panes, "B2")
        self.assertEqual(sheet.data_validations.dataValidation[0].formula1, '"big,small"')

    def test_folder_becomes_the_same_book(self):
        with tempfile.TemporaryDirectory() as folder:
            text = 'code,name@uk,name@en,parent,kind,places,rent,open\n4.10,"Відділ, перший",,,small,3,,0\n'
            Path(folder, "units.csv").write_text(text, encoding="utf-8-sig")
            Path(folder, "steps.csv").write_text("unit,key,after,helpers\n", encoding="utf-8")
            book = read(pack_folder(folder, SPEC), SPEC)
        self.assertFalse(book.problems)
        self.assertEqual(
            book.rows["units"][0].values,
            {
                "code": "4.10",
                "name@uk": "Відділ, перший",
                "name@en": "",
                "parent": "",
                "kind": "small",
                "places": 3,
                "rent": 0.0,
                "open": False,
            },
        )

    def test_strange_file_in_the_folder_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "unit.csv").write_text("code\n", encoding="utf-8")
            codes = [problem.code for problem in read(pack_folder(folder, SPEC), SPEC).problems]
        self.assertEqual(codes, ["sheets_missing", "sheets_unknown"])
