"""One table as a workbook: title, captions, rows, a note below; for lists that are printed as the screen shows them."""

import io

import xlsxwriter

from .xlsx import write_cell

TOP = 3
NARROW, WIDE, LONG = 12, 48, 24


def write(data):
    """Return a workbook.

    :param dict data: ``title``, ``authority``, ``columns`` (captions), ``rows`` (as many values as columns) and
        ``notes`` (lines below the table)
    :rtype: bytes
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    border = {"border": 1, "border_color": "#B8BFC9", "valign": "top", "text_wrap": True}
    head = book.add_format({**border, "bold": True, "bg_color": "#F3F4F6"})
    cell = book.add_format(border)
    sheet.write_string(0, 0, data["title"], book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, data["authority"])
    for column, caption in enumerate(data["columns"]):
        sheet.write_string(TOP, column, caption, head)
        sheet.set_column(column, column, _width(caption, [row[column] for row in data["rows"]]))
    for line, row in enumerate(data["rows"], start=TOP + 1):
        for column, value in enumerate(row):
            write_cell(sheet, line, column, value, cell)
    for line, note in enumerate(data.get("notes", ()), start=TOP + len(data["rows"]) + 2):
        sheet.write_string(line, 0, note)
    sheet.freeze_panes(TOP + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def _width(caption, values):
    """Return how wide a column is: as its longest text, within bounds that a page bears.

    >>> _width("No.", [1, 2])
    12
    >>> _width("Title", ["a text of several words that goes on and on and on"])
    48
    """
    longest = max([len(caption), *(len(str(value)) for value in values if value is not None)])
    return min(max(longest, NARROW), WIDE if longest > LONG else LONG)
