import datetime
import io

import xlsxwriter

from ..xlsx import write_cell

LONGEST = 32_767  # characters in a cell
WIDTHS = {"int": 10, "float": 12, "bool": 10, "code": 14, "date": 12, "choice": 16, "ref": 16, "text": 36}
# The same contents give the same bytes, so that two exports can be compared.
CREATED = datetime.datetime(2000, 1, 1)


class TextTooLongError(ValueError):
    """A text is longer than a cell can hold; ``sheet`` and ``column`` say where."""

    def __init__(self, sheet, column):
        super().__init__(f"{sheet}.{column}")
        self.sheet = sheet
        self.column = column


def write(spec, tables, explain=None):
    """Write a workbook.

    :param spec: the sheets, in their order
    :param dict tables: ``{sheet: [headers, values of row 1, …]}``; sheets that the spec lacks come last
    :param explain: function of a column that returns the note of its header
    :return: the file; equal contents give equal bytes
    :rtype: bytes
    :raises TextTooLongError: if a text exceeds what a cell holds
    """
    by_name = {sheet.name: sheet for sheet in spec}
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    workbook.set_properties({"created": CREATED})
    formats = {
        "header": workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "bottom": 1, "num_format": "@"}),
        # A code typed into a text cell stays a text: 4.10 doesn't become 4.1.
        "text": workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "number": workbook.add_format({"valign": "top"}),
    }
    for name in [*by_name, *(name for name in tables if name not in by_name)]:
        if name in tables:
            _write_sheet(workbook.add_worksheet(name), by_name.get(name), tables[name], formats, explain)
    workbook.close()
    return buffer.getvalue()


def _write_sheet(worksheet, sheet, table, formats, explain):
    headers = table[0] if table else []
    columns = [sheet.column(header) if sheet else None for header in headers]
    worksheet.freeze_panes(1, len(sheet.key) if sheet else 0)
    for position, (header, column) in enumerate(zip(headers, columns, strict=True)):
        kind = column.type if column else "text"
        number = kind in ("int", "float")
        worksheet.set_column(position, position, WIDTHS[kind], formats["number" if number else "text"])
        worksheet.write_string(0, position, header, formats["header"])
        if column:
            _help(worksheet, position, column, explain)
    for index, values in enumerate(table[1:], start=1):
        for position, value in enumerate(values):
            _write_cell(worksheet, index, position, value, formats, headers)
    if headers:
        worksheet.autofilter(0, 0, max(len(table) - 1, 1), len(headers) - 1)


def _help(worksheet, position, column, explain):
    note = explain and explain(column)
    if note:
        worksheet.write_comment(0, position, note, {"author": "", "x_scale": 2})
    if column.type == "choice" and not column.many and sum(map(len, column.choices)) + len(column.choices) < 250:
        worksheet.data_validation(1, position, 20_000, position, {"validate": "list", "source": list(column.choices)})


def _write_cell(worksheet, row, position, value, formats, headers):
    number = isinstance(value, (int, float))
    if not number and value and len(value) > LONGEST:
        raise TextTooLongError(worksheet.name, headers[position])
    if number or value:
        write_cell(worksheet, row, position, value, formats["number" if number else "text"])
