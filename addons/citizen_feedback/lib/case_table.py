"""Cases as a table: from an XLSX workbook, a CSV file, or rows of another program. Plain Python: no database.

All three give the same book of rows, so that they are judged alike; XLSX is read by the core's reader, which refuses
what must not be opened.
"""

import csv
import io

from odoo.addons.qms_core.lib.workbook import Book, Column, Limits, Problem, Row, Sheet, read
from odoo.addons.qms_core.lib.workbook.cells import CellError, parse

from .table_text import decode

RESULTS = ("granted", "refused", "withdrawn")
CASES = Sheet(
    "cases",
    (
        Column("service", "code", required=True),
        Column("number", required=True),
        Column("asked", "date", required=True),
        Column("done", "date"),
        Column("result", "choice", choices=RESULTS),
        Column("refusal_ground"),
        Column("point", "code"),
        Column("channel", "code"),
        Column("applicant", "code"),
        # Empty means not known, and not none: a zero would spoil the average.
        Column("visits", "int", minimum=0, maximum=1000, default=""),
    ),
    key=("service", "number"),
)
LIMITS = Limits(rows=20_000)
DELIMITERS = ";,\t"
ZIP = b"PK\x03\x04"


def read_file(content, limits=LIMITS):
    """Read the cases of a file.

    :param bytes content: an XLSX workbook with the sheet "cases", or a CSV file with the same columns
    :param Limits limits: what it may take
    :rtype: Book
    """
    if content.startswith(ZIP):
        return read(content, [CASES], limits)
    return _read_csv(content, limits)


def read_rows(rows, limits=LIMITS):
    """Read the cases that another program sends.

    :param rows: a list of ``{column: value}``; a column may be left out
    :rtype: Book
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return Book(problems=[Problem("not_rows")])
    if len(rows) > limits.rows:
        return Book(problems=[Problem("too_many_rows", CASES.name, params={"limit": limits.rows})])
    unknown = sorted({str(name) for row in rows for name in row} - {column.name for column in CASES.columns})
    if unknown:
        return Book(problems=[Problem("columns_unknown", CASES.name, 1, params={"names": ", ".join(unknown)[:400]})])
    book = Book(rows={CASES.name: []})
    for number, row in enumerate(rows, start=1):
        _add_row(book, number, row)
    return book


def _read_csv(content, limits):
    if len(content) > limits.size:
        return Book(problems=[Problem("too_large", params={"limit": limits.size // 1024**2})])
    text = decode(content)
    if text is None:
        return Book(problems=[Problem("not_table")])
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _read_lines(lines, limits)
    except csv.Error:
        return Book(problems=[Problem("not_table")])


def _read_lines(lines, limits):
    headers = [name.strip().lower() for name in next(lines, [])]
    book = Book(problems=_header_problems(headers))
    if book.problems:
        return book
    rows = book.rows.setdefault(CASES.name, [])
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == limits.rows:
            book.problems.append(Problem("too_many_rows", CASES.name, params={"limit": limits.rows}))
            return book
        if any(cell.strip() for cell in cells[len(headers) :]):
            book.problems.append(Problem("no_header", CASES.name, number))
        _add_row(book, number, dict(zip(headers, cells, strict=False)))
    return book


def _header_problems(headers):
    known = [column.name for column in CASES.columns]
    wrong = {
        "columns_missing": [name for name in known if name not in headers],
        "columns_unknown": [name for name in headers if name not in known],
        "columns_twice": sorted({name for name in headers if headers.count(name) > 1}),
    }
    if len(wrong["columns_missing"]) == len(known):
        return [Problem("not_table")]
    return [
        Problem(code, CASES.name, 1, params={"names": ", ".join(names)[:400]}) for code, names in wrong.items() if names
    ]


def _add_row(book, number, raw):
    values = {}
    for column in CASES.columns:
        if column.name not in raw and not column.required:
            # Left out: nothing is said about it, and what is known stays.
            continue
        try:
            values[column.name] = parse(column, _readable(raw.get(column.name)))
        except CellError as error:
            # None: the cell was wrong, which is told already; no further complaint about it.
            values[column.name] = None
            book.problems.append(Problem(error.code, CASES.name, number, column.name, error.params))
    book.rows[CASES.name].append(Row(number, values))


def _readable(value):
    """Return a value as the core's parser takes it."""
    if isinstance(value, (list, dict, tuple)):
        raise CellError("bad_value")
    # Another program says with False or null that there is nothing.
    return None if value is False else value
