"""Appeals as a table: an XLSX workbook or a CSV file. Plain Python: no database.

XLSX is read by the core's reader, which refuses what must not be opened; both give the same rows and problems.
"""

import csv
import io
import re

from odoo.addons.qms_core.lib.workbook import Book, Column, Limits, Problem, Row, Sheet, read, write
from odoo.addons.qms_core.lib.workbook.cells import CellError, parse

CHANNELS = ("letter", "visit", "phone", "email", "web", "api", "other")
APPEALS = Sheet(
    "appeals",
    (
        Column("received", "date", required=True, note="Day of receipt, as YYYY-MM-DD."),
        Column("kind", "code", required=True, note="Code of the kind in the law that you follow: application."),
        Column("text", required=True, note="What the author says."),
        Column("author"),
        Column("organisation"),
        Column("contact", note="E-mail address or phone number."),
        Column("address"),
        Column("channel", "choice", choices=CHANNELS, note="letter if empty."),
        Column("document_number", note="Number in your system of documents."),
        Column("registered", "date", note="Day of registration; empty if it is still to be registered."),
        Column("topic", "code", note="Code of the topic."),
        Column("territory", "code", note="Code of the territory."),
        Column("service", "code", note="Code of the service."),
    ),
    key=(),
)
# More would take longer than a request may.
LIMITS = Limits(rows=1_000)
DELIMITERS = ";,\t"
# What spreadsheet programs of our countries save as CSV.
ENCODINGS = ("utf-8-sig", "cp1251")
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ZIP = b"PK\x03\x04"


def template():
    """Return the workbook to fill in: headers and one row as an example."""
    example = {"received": "2026-01-30", "kind": "application", "text": "Please repair the lamp in Park Street."}
    names = [column.name for column in APPEALS.columns]
    return write([APPEALS], {APPEALS.name: [names, [example.get(name, "") for name in names]]})


def read_file(content, limits=LIMITS):
    """Read the appeals of a file.

    :param bytes content: an XLSX workbook with the sheet "appeals", or a CSV file with the same columns
    :param Limits limits: what it may take
    :return: the book; where something is wrong it has problems, each with its row and column
    :rtype: Book
    """
    book = read(content, [APPEALS], limits) if content.startswith(ZIP) else _read_csv(content, limits)
    whole = [problem for problem in book.problems if problem.code in ("too_many_rows", "too_large", "too_much_inside")]
    if whole:
        # Whatever else is wrong: the file is not taken as it is.
        return Book(problems=whole[:1])
    for row in book.rows.get(APPEALS.name, ()):
        book.problems += [
            Problem("required", APPEALS.name, row.number, column.name)
            for column in APPEALS.columns
            if column.required and row.values.get(column.name) == ""
        ]
    book.problems.sort(key=lambda problem: problem.row)
    return book


def _read_csv(content, limits):
    if len(content) > limits.size:
        return Book(problems=[Problem("too_large", params={"limit": limits.size // 1024**2})])
    text = _decoded(content)
    if text is None:
        return Book(problems=[Problem("not_table")])
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    try:
        return _read_lines(lines, limits)
    except csv.Error:
        return Book(problems=[Problem("not_table")])


def _decoded(content):
    if b"\x00" in content:
        return None
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_lines(lines, limits):
    headers = [name.strip().lower() for name in next(lines, [])]
    book = Book(problems=_header_problems(headers))
    if book.problems:
        return book
    rows = book.rows.setdefault(APPEALS.name, [])
    # Numbered as a spreadsheet program shows them: a text of several lines is one row.
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == limits.rows:
            book.problems.append(Problem("too_many_rows", APPEALS.name, params={"limit": limits.rows}))
            return book
        rows.append(Row(number, _values(book, number, dict(zip(headers, cells, strict=False)))))
    return book


def _header_problems(headers):
    known = [column.name for column in APPEALS.columns]
    required = [column.name for column in APPEALS.columns if column.required]
    wrong = {
        "columns_missing": [name for name in required if name not in headers],
        "columns_unknown": [name for name in headers if name and name not in known],
        "columns_twice": sorted({name for name in headers if name and headers.count(name) > 1}),
    }
    if not set(headers) & set(known):
        return [Problem("not_table")]
    return [
        Problem(code, APPEALS.name, 1, params={"names": ", ".join(names)[:400]})
        for code, names in wrong.items()
        if names
    ]


def _values(book, number, raw):
    values = {}
    for column in APPEALS.columns:
        cell = raw.get(column.name)
        if column.type == "date" and cell and (match := DAY_FIRST.fullmatch(cell.strip())):
            day, month, year = match.groups()
            cell = f"{year}-{month:0>2}-{day:0>2}"
        try:
            values[column.name] = parse(column, cell)
        except CellError as error:
            # None: the cell was wrong, which is told already; no further complaint about it.
            values[column.name] = None
            book.problems.append(Problem(error.code, APPEALS.name, number, column.name, error.params))
    return values
