"""A comparison of authorities as a workbook: what the screen shows to the same reader."""

import base64
import io

import xlsxwriter

OWN, BOX = "#C2571A", "#3F6FA8"


def write(page, words):
    """Return a workbook as base64 text.

    :param dict page: what ``qms.benchmark.get_page`` returns
    :param dict words: titles in the user's language
    :rtype: str
    """
    stream = io.BytesIO()
    # Names come from people: a text that begins with "=" stays a text.
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    border = {"border": 1, "border_color": "#B8BFC9"}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#F3F4F6", **border}),
        "cell": book.add_format(border),
        "own": book.add_format({"bold": True, **border}),
        "note": book.add_format({"italic": True, "font_color": "#5B6573"}),
    }
    _write_comparison(book, styles, page, words)
    if page["chosen"] and page["trend"]:
        _write_trend(book, styles, page["trend"], words)
    book.close()
    return base64.b64encode(stream.getvalue()).decode()


def _write_comparison(book, styles, page, words):
    sheet = book.add_worksheet(words["title"][:31])
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 3, 18)
    sheet.write_string(0, 0, words["title"], styles["title"])
    sheet.write_string(1, 0, words["authority"])
    if not page["chosen"]:
        return
    sheet.write_string(2, 0, ", ".join(filter(None, (page["indicator"], page["unit"], page["period"]))))
    line = 4
    for figure in page["figures"]:
        sheet.write_string(line, 0, figure["label"], styles["head"])
        sheet.write_string(line, 1, figure["value"], styles["cell"])
        line += 1
    for name in ("lower", "median", "upper") if page["box"] else ():
        sheet.write_string(line, 0, words[name], styles["head"])
        sheet.write_string(line, 1, page["box"][name], styles["cell"])
        line += 1
    sheet.write_string(line, 0, page["note"] or page["hidden"], styles["note"])
    line = _write_table(sheet, styles, line + 2, [words[name] for name in ("name", "value", "place", "quarter")], page)
    if page["left_out"]:
        sheet.write_string(line, 0, words["left_out"], styles["head"])
        for index, row in enumerate(page["left_out"], start=line + 1):
            sheet.write_string(index, 0, row["name"], styles["cell"])
            sheet.write_string(index, 1, row["reason"], styles["cell"])


def _write_table(sheet, styles, line, heads, page):
    """Write the authorities that the reader may read; return the line after the next."""
    for column, head in enumerate(heads):
        sheet.write_string(line, column, head, styles["head"])
    for row in page["rows"]:
        line += 1
        values = (row["name"], row["value"], row["place"] or "", row["quarter_text"])
        for column, value in enumerate(values):
            sheet.write(line, column, value, styles["own" if row["own"] else "cell"])
    return line + 2


def _write_trend(book, styles, points, words):
    sheet = book.add_worksheet(words["trend"][:31])
    sheet.set_column(0, 6, 18)
    heads = [words[name] for name in ("period", "own", "lower", "median", "upper", "place", "total")]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles["head"])
    for line, point in enumerate(points, start=1):
        box = point["box"] or ("", "", "")
        own = "" if point["own"] is None else point["own"]
        for column, value in enumerate((point["label"], own, *box, point["place"] or "", point["total"])):
            sheet.write(line, column, value, styles["cell"])
    name, last, chart = sheet.get_name(), len(points), book.add_chart({"type": "line"})
    for column, color in ((1, OWN), (2, BOX), (3, BOX), (4, BOX)):
        chart.add_series(
            {
                "name": heads[column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                "line": {"color": color, "dash_type": "dash" if column in (2, 4) else "solid"},
            }
        )
    chart.set_title({"name": words["trend"]})
    chart.set_size({"width": 760, "height": 380})
    sheet.insert_chart(last + 2, 0, chart)
