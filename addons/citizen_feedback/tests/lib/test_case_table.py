import doctest

from odoo.tests import BaseCase

from odoo.addons.citizen_feedback.lib import table_text
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
            # Of a column that a program leaves out nothing is said.
            self.assertEqual(found.values, {name: books[0].rows["cases"][0].values[name] for name in found.values})
            self.assertEqual((found.values["refusal_ground"], found.values["visits"]), ("Неповний пакет", 2))

    def test_days_as_people_and_programs_write_them(self):
        written = ("5.01.2026", "05.01.2026 10:30", "2026-01-05", "2026-01-05T10:30:00Z", "2026-01-05 00:00", "46027")
        rows = [row(str(number), day, "09.01.2026", "granted") for number, day in enumerate(written)]
        for content in (csv_of(*rows), write([CASES], {"cases": [HEADERS, *rows]})):
            book = read_file(content)
            self.assertFalse(book.problems)
            found = {(line.values["asked"], line.values["done"]) for line in book.rows["cases"]}
            self.assertEqual(found, {("2026-01-05", "2026-01-09")})

    def test_days_that_nobody_can_be_sure_of(self):
        for day in ("01/02/2026", "31.02.2026", "5.1.26", "12345", "2026", "10:30"):
            with self.subTest(day=day):
                self.assertEqual(self._codes(read_file(csv_of(row(asked=day)))), {"bad_date"})

    def test_visits_that_are_not_known(self):
        content = csv_of(row("1"), row("2", visits="0"))
        self.assertEqual([line.values["visits"] for line in read_file(content).rows["cases"]], ["", 0])

    def test_examples_of_the_documentation(self):
        result = doctest.testmod(table_text)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_a_damaged_file_is_not_read_as_another_encoding(self):
        content = csv_of(row(refusal_ground="Неповний пакет документів")).replace("в;".encode(), b"\xd0;")
        self.assertEqual(self._codes(read_file(content)), {"not_table"})

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
