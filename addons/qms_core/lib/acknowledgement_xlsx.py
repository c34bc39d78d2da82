"""The acknowledgement sheet as a workbook: one row a person, printable on paper."""

import io

import xlsxwriter

from .xlsx import write_cell

TOP = 4
WIDTHS = (5, 34, 34, 34, 14, 14, 22)


def write(data):
    """Return a workbook.

    :param dict data: ``title``, ``document``, ``authority``, ``columns`` (captions) and ``rows`` (their cells)
    :rtype: bytes
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    border = {"border": 1, "border_color": "#B8BFC9", "valign": "vcenter", "text_wrap": True}
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({**border, "bold": True, "bg_color": "#F3F4F6"})
    cell = book.add_format(border)
    sheet.write_string(0, 0, data["title"], title)
    sheet.write_string(1, 0, data["document"])
    sheet.write_string(2, 0, data["authority"])
    for column, caption in enumerate(data["columns"]):
        sheet.write_string(TOP, column, caption, head)
        sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else 16)
    for line, row in enumerate(data["rows"], start=TOP + 1):
        for column, value in enumerate(row):
            write_cell(sheet, line, column, value, cell)
    sheet.freeze_panes(TOP + 1, 0)
    sheet.repeat_rows(TOP)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()
