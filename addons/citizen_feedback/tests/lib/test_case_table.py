from odoo.tests import BaseCase

from odoo.addons.citizen_feedback.lib.case_table import CASES, read_file, read_rows
from odoo.addons.qms_core.lib.workbook import Limits, write

HEADERS = [column.name for column in CASES.columns]


def csv_of(*rows, delimiter=";", encoding="utf-8"):
    lines = [HEADERS, *rows]
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)


def row(number="1", asked="2026-01-05", done="", result="", **more):
    return [
        {"service": "T-01", "number": number, "asked": asked, "done": done, "result": result, **more}.get(h, "")
        for h in HEADERS
    ]


class TestCaseTable(BaseCase):
    def _codes(self, book):
        return {problem.code for problem in book.problems}

    def test_the_same_rows_from_every_source(self):
        values = row("12/5", "2026-01-05", "2026-01-09", "refused", refusal_ground="Неповний пакет", visits="2")
        sources = (
            csv_of(values),
            csv_of(values, delimiter=",", encoding="utf-8-sig"),
            csv_of(values, delimiter="\t", encoding="cp1251"),
            write([CASES], {"cases": [HEADERS, values]}),
        )
        books = [read_file(content) for content in sources]
        books.append(read_rows([{name: value for name, value in zip(HEADERS, values, strict=True) if value}]))
        for book in books:
            self.assertFalse(book.problems)
            [found] = book.rows["cases"]
            self.assertEqual(found.values, {**books[0].rows["cases"][0].values})
            self.assertEqual((found.values["refusal_ground"], found.values["visits"]), ("Неповний пакет", 2))

    def test_days_as_people_write_them(self):
        [found] = read_file(csv_of(row(asked="5.01.2026", done="09.01.2026", result="granted"))).rows["cases"]
        self.assertEqual((found.values["asked"], found.values["done"]), ("2026-01-05", "2026-01-09"))

    def test_no_day_is_told_with_its_cell(self):
        book = read_file(csv_of(row(asked="2026-02-30"), row("2", asked="yesterday")))
        self.assertEqual(
            [(p.code, p.row, p.column) for p in book.problems], [("bad_date", 2, "asked"), ("bad_date", 3, "asked")]
        )

    def test_two_hundred_thousand_rows_are_one_message(self):
        content = csv_of(*[row(str(index)) for index in range(200_000)])
        self.assertEqual([problem.code for problem in read_file(content).problems], ["too_many_rows"])
        rows = [{"service": "T-01", "number": str(index), "asked": "2026-01-05"} for index in range(20_001)]
        self.assertEqual([problem.code for problem in read_rows(rows).problems], ["too_many_rows"])

    def test_a_large_file_is_not_read(self):
        self.assertEqual(self._codes(read_file(b"a;" * 100, Limits(size=50))), {"too_large"})

    def test_what_is_no_table(self):
        for content in (b"", b"\x00\x01\x02", b"<html><body>Hello</body></html>", b"MZ\x90\x00", "Привіт".encode()):
            with self.subTest(content=content):
                self.assertEqual(self._codes(read_file(content)), {"not_table"})
        self.assertEqual(self._codes(read_file(b"PK\x03\x04 no archive")), {"not_xlsx"})

    def test_columns_missing_unknown_twice(self):
        self.assertEqual(self._codes(read_file(b"service;number;surname\n")), {"columns_missing", "columns_unknown"})
        twice = ";".join([*HEADERS, "number"]).encode()
        self.assertEqual(self._codes(read_file(twice)), {"columns_twice"})

    def test_rows_of_programs_that_are_no_rows(self):
        for rows in (None, "rows", {"service": 1}, [1], ["x"]):
            with self.subTest(rows=rows):
                self.assertEqual(self._codes(read_rows(rows)), {"not_rows"})
        self.assertEqual(self._codes(read_rows([{"surname": "X"}])), {"columns_unknown"})
        self.assertIn("bad_value", self._codes(read_rows([{"service": ["T-01"], "number": {}, "asked": None}])))
