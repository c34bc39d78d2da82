"""A table of ratings from a file: XLSX or CSV, read and judged row by row. Plain Python: no database.

Problems are those of the model workbook (``qms_core.lib.workbook``), each with its row and column.
"""

import csv
import io
from dataclasses import dataclass, field

from odoo.addons.qms_core.lib.workbook.book import Row
from odoo.addons.qms_core.lib.workbook.cells import CellError, parse
from odoo.addons.qms_core.lib.workbook.problem import Problem
from odoo.addons.qms_core.lib.workbook.reader import Limits, read
from odoo.addons.qms_core.lib.workbook.spec import Column, Sheet
from odoo.addons.qms_core.lib.workbook.writer import write

from .paper_form import DOES_NOT_APPLY, read_form
from .rating_form import ASPECTS, MARKS
from .table_text import decode

CHANNELS = ("paper", "phone", "visit", "web", "qr", "kiosk", "link", "api", "other")
MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
# What spreadsheet programs of our countries write between the values of a CSV file.
DELIMITERS = ";,\t"
SHEET = Sheet(
    "ratings",
    (
        Column("service", "code", required=True, note="Code of the service."),
        Column("date", "date", note="Day of the rating, as YYYY-MM-DD; today if empty."),
        Column("score", "choice", required=True, choices=MARKS, note="Overall mark."),
        *(Column(name, "choice", choices=(DOES_NOT_APPLY, *MARKS), note="0: does not apply.") for name in ASPECTS),
        Column("comment"),
        Column("channel", "choice", choices=CHANNELS, note="paper if empty."),
        Column("point", "code", note="Code of the service point."),
    ),
    key=(),
)


@dataclass
class Table:
    """Rows of a file whose values can be used, and what is wrong with the others."""

    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def template():
    """Return the workbook to fill in: headers and one row as an example."""
    example = {"service": "S-01", "date": "2026-01-31", "score": "4", "comment": "Quick and polite", "channel": "paper"}
    names = [column.name for column in SHEET.columns]
    return write([SHEET], {SHEET.name: [names, [example.get(name, "") for name in names]]})


def read_table(filename, content, most=MOST_ROWS):
    """Read a file of ratings.

    :param str filename: its name; ``.csv`` is read as CSV, anything else as a workbook
    :param bytes content: the file
    :param int most: rows that are taken
    :return: the table; each row has its ``number`` in the file and ``values`` by column; ``form`` is what
        ``read_form`` makes of its marks
    :rtype: Table
    """
    is_csv = (filename or "").lower().endswith(".csv")
    table = _read_csv(content, most) if is_csv else _read_workbook(content, most)
    whole = [problem for problem in table.problems if problem.code in ("too_many_rows", "too_large", "too_much_inside")]
    if whole:
        # Whatever else is wrong: the file is not taken as it is.
        return Table(problems=whole[:1])
    for row in table.rows:
        table.problems += _row_problems(row)
    table.problems.sort(key=lambda problem: problem.row)
    return table


def form_of(row):
    """Return the marks and the comment of a row as ``lib.rating_form.RatingForm``."""
    return read_form(
        {name: row.values.get(name) or "" for name in ("score", *ASPECTS)}, row.values.get("comment") or ""
    )


def _read_workbook(content, most):
    book = read(content, [SHEET], Limits(size=MOST_BYTES, rows=most))
    return Table(book.rows.get(SHEET.name, []), list(book.problems))


def _read_csv(content, most):
    if len(content) > MOST_BYTES:
        return Table(problems=[Problem("too_large", params={"limit": MOST_BYTES // 1024**2})])
    text = decode(content)
    if text is None:
        return Table(problems=[Problem("not_csv" if b"\0" in content else "not_utf8")])
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    try:
        return _read_lines(lines, most)
    except csv.Error:
        return Table(problems=[Problem("not_csv")])


def _read_lines(lines, most):
    names = [name.strip() for name in next(lines, [])]
    known = {column.name for column in SHEET.columns}
    required = [column.name for column in SHEET.columns if column.required]
    wrong = {
        "columns_missing": [name for name in required if name not in names],
        "columns_unknown": [name for name in names if name and name not in known],
        "columns_twice": sorted({name for name in names if name and names.count(name) > 1}),
    }
    problems = [
        Problem(code, SHEET.name, 1, params={"names": ", ".join(found)[:400]}) for code, found in wrong.items() if found
    ]
    if problems:
        return Table(problems=problems)
    table = Table()
    for cells in lines:
        number = lines.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(table.rows) == most:
            return Table(problems=[Problem("too_many_rows", SHEET.name, params={"limit": most})])
        table.rows.append(Row(number, _csv_values(names, cells, number, table.problems)))
    return table


def _csv_values(names, cells, number, problems):
    values = {column.name: column.empty for column in SHEET.columns}
    for name, cell in zip(names, cells, strict=False):
        column = SHEET.column(name) if name else None
        if column is None:
            continue
        try:
            values[name] = parse(column, cell)
        except CellError as error:
            # None: told already; no further complaint about it.
            values[name] = None
            problems.append(Problem(error.code, SHEET.name, number, name, error.params))
    return values


def _row_problems(row):
    """Return what is wrong with a row beyond its single cells."""
    problems = [
        Problem("required", SHEET.name, row.number, column.name)
        for column in SHEET.columns
        if column.required and row.values.get(column.name) == ""
    ]
    told = {name for name, value in row.values.items() if value is None or value == ""}
    return problems + [
        Problem(f"form_{code}", SHEET.name, row.number, name)
        for name, code in form_of(row).errors.items()
        if name not in told
    ]
