"""The responsibility matrix as a workbook for printing: one sheet, headers that stay, one page wide."""

import base64
import io

import xlsxwriter

LETTER_WIDTH = 4.5
HEADER_HEIGHT = 190


def write(data):
    """Return a workbook as base64 text.

    :param dict data: what ``get_matrix`` returns, with ``title``, ``authority`` and ``legend``
    :rtype: str
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    border = {"border": 1, "border_color": "#B8BFC9", "valign": "vcenter"}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "turned": book.add_format({**border, "bold": True, "rotation": 90, "text_wrap": True, "valign": "bottom"}),
        "head": book.add_format({**border, "bold": True, "text_wrap": True}),
        "cell": book.add_format({**border, "align": "center"}),
        "steps": book.add_format({**border, "align": "center", "italic": True, "font_color": "#5B6573"}),
        "note": book.add_format({"italic": True, "font_color": "#5B6573"}),
    }
    sheet.write_string(0, 0, data["title"], formats["title"])
    sheet.write_string(1, 0, data["authority"])
    _write_table(sheet, data, formats)
    _write_legend(sheet, data, formats)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return base64.b64encode(stream.getvalue()).decode()


def _write_table(sheet, data, formats):
    sheet.set_row(3, HEADER_HEIGHT)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 45)
    sheet.write_blank(3, 0, None, formats["head"])
    sheet.write_blank(3, 1, None, formats["head"])
    if data["columns"]:
        sheet.set_column(2, len(data["columns"]) + 1, LETTER_WIDTH)
    for index, column in enumerate(data["columns"], start=2):
        sheet.write_string(3, index, column["name"], formats["turned"])
    cells = {(row, column): (value, steps) for row, column, value, steps in data["cells"]}
    for index, row in enumerate(data["rows"], start=4):
        sheet.write_string(index, 0, row["code"], formats["head"])
        sheet.write_string(index, 1, row["name"], formats["head"])
        for position, column in enumerate(data["columns"], start=2):
            value, steps = cells.get((row["id"], column["id"]), ("", ""))
            style = "steps" if value and value == steps else "cell"
            sheet.write_string(index, position, value, formats[style])


def _write_legend(sheet, data, formats):
    line = len(data["rows"]) + 5
    for letter in data["letters"]:
        text = f"{letter['letter']} – {letter['name']}"
        sheet.write_string(line, 0, f"{text}: {letter['meaning']}" if letter["meaning"] else text)
        line += 1
    sheet.write_string(line, 0, data["legend"], formats["note"])
