import io
import tempfile
from dataclasses import replace
from pathlib import Path

import openpyxl

from odoo.tests import BaseCase, tagged

from odoo.addons.qms_core.lib.workbook import (
    Book,
    Row,
    TextTooLongError,
    compare,
    natural,
    pack_folder,
    read,
    rules,
    spread,
    write,
)

from .workbook_samples import SPEC, UNITS, packed, units


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
