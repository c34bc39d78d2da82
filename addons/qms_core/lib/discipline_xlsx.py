"""The report on executive discipline as a workbook: one table, figures as numbers, the definition below."""

import io

import xlsxwriter

from .xlsx import write_cell

TOP = 3


def write(data):
    """Return a workbook.

    :param dict data: ``title``, ``authority``, ``note``, ``unit``, ``columns`` (captions), ``rows`` and ``total``
        (a name, then a number or None for each column; the last two are a percentage and an average)
    :rtype: bytes
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    border = {"border": 1, "border_color": "#B8BFC9", "valign": "vcenter"}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True, "font_color": "#5B6573", "text_wrap": True, "valign": "top"}),
        "head": book.add_format({**border, "bold": True, "text_wrap": True, "bg_color": "#F3F4F6"}),
        "cell": book.add_format({**border, "text_wrap": True}),
        "ratio": book.add_format({**border, "num_format": "0.0"}),
        "total": book.add_format({**border, "bold": True}),
        "total_ratio": book.add_format({**border, "bold": True, "num_format": "0.0"}),
    }
    sheet.write_string(0, 0, data["title"], styles["title"])
    sheet.write_string(1, 0, data["authority"])
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(data["columns"]), 12)
    for index, caption in enumerate([data["unit"], *data["columns"]]):
        sheet.write_string(TOP, index, caption, styles["head"])
    rows = [(row, "cell", "ratio") for row in data["rows"]] + [(data["total"], "total", "total_ratio")]
    for line, (row, plain, ratio) in enumerate(rows, start=TOP + 1):
        _write_row(sheet, line, row, styles[plain], styles[ratio])
    last = TOP + len(rows) + 2
    sheet.merge_range(last, 0, last, len(data["columns"]), "", styles["note"])
    write_cell(sheet, last, 0, data["note"], styles["note"])
    sheet.set_row(last, 45)
    sheet.freeze_panes(TOP + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def _write_row(sheet, line, row, plain, ratio):
    sheet.write_string(line, 0, row[0], plain)
    for column, value in enumerate(row[1:], start=1):
        style = ratio if column >= len(row) - 2 else plain
        write_cell(sheet, line, column, "—" if value is None else value, style)
