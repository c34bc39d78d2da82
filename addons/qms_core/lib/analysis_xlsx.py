"""The improvement analysis as a workbook: tables with their charts, to be worked on further."""

import base64
import io

import xlsxwriter

from .xlsx import write_cell

BAR, LINE, LIMIT, MEAN = "#3F6FA8", "#C2571A", "#B3261E", "#5B6573"


def write(data, words):
    """Return a workbook as base64 text.

    :param dict data: what ``qms.improvement.analysis.get_analysis`` returns
    :param dict words: titles in the user's language
    :rtype: str
    """
    stream = io.BytesIO()
    # Names come from people: a text that begins with "=" stays a text.
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#F3F4F6", "border": 1, "border_color": "#B8BFC9"}),
        "cell": book.add_format({"border": 1, "border_color": "#B8BFC9"}),
        "number": book.add_format({"border": 1, "border_color": "#B8BFC9", "num_format": "0.0"}),
    }
    _write_figures(book, styles, data, words)
    _write_pareto(book, styles, data["pareto"]["bars"], words)
    _write_trend(book, styles, data["trend"], words)
    _write_durations(book, styles, data["durations"], words)
    book.close()
    return base64.b64encode(stream.getvalue()).decode()


def _table(sheet, styles, top, heads, rows, left=0):
    """Write a table; decimal numbers with one digit."""
    for column, head in enumerate(heads, start=left):
        sheet.write_string(top, column, head, styles["head"])
    for line, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=left):
            write_cell(sheet, line, column, value, styles["number" if isinstance(value, float) else "cell"])


def _write_figures(book, styles, data, words):
    sheet = book.add_worksheet(words["figures"][:31])
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 16)
    sheet.write_string(0, 0, words["title"], styles["title"])
    sheet.write_string(1, 0, words["authority"])
    sheet.write_string(2, 0, words["period"])
    for line, figure in enumerate(data["figures"], start=4):
        sheet.write_string(line, 0, figure["label"], styles["head"])
        write_cell(sheet, line, 1, figure["value"], styles["cell"])
        sheet.write_string(line, 2, figure["help"])


def _write_pareto(book, styles, bars, words):
    sheet = book.add_worksheet(words["pareto"][:31])
    sheet.set_column(0, 0, 45)
    heads = [words["pareto"], words["count"], words["share"], words["cumulative"]]
    rows = [[bar["label"], bar["count"], bar["share"], bar["cumulative"]] for bar in bars]
    _table(sheet, styles, 0, heads, rows)
    if not bars:
        return
    last, name = len(bars), sheet.get_name()
    columns = book.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": words["count"],
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 1, last, 1],
            "fill": {"color": BAR},
            "gap": 20,
        }
    )
    together = book.add_chart({"type": "line"})
    together.add_series(
        {
            "name": words["cumulative"],
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 3, last, 3],
            "y2_axis": True,
            "line": {"color": LINE},
            "marker": {"type": "circle", "fill": {"color": LINE}, "border": {"color": LINE}},
        }
    )
    columns.combine(together)
    together.set_y2_axis({"min": 0, "max": 100})
    columns.set_title({"name": words["pareto"]})
    columns.set_size({"width": 760, "height": 380})
    sheet.insert_chart(0, 5, columns)


def _write_trend(book, styles, trend, words):
    sheet = book.add_worksheet(words["trend"][:31])
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 5, 13)
    sheet.set_column(6, 6, 50)
    limits = trend["limits"] or {}
    rules = dict(trend["rules"])
    heads = [words["period_name"], words["value"], words["mean"], words["lower"], words["upper"], words["range"]]
    rows = [
        [
            point["label"],
            point["value"],
            limits["mean"],
            limits["lower"],
            limits["upper"],
            "" if point["range"] is None else point["range"],
            "; ".join(rules[rule] for rule in point["rules"]),
        ]
        for point in trend["points"]
    ]
    _table(sheet, styles, 0, [*heads, words["signals"]], rows)
    if not rows:
        sheet.write_string(2, 0, trend["hint"])
        return
    sheet.write_string(len(rows) + 2, 0, trend["hint"])
    name, chart = sheet.get_name(), book.add_chart({"type": "line"})
    colors = {1: BAR, 2: MEAN, 3: LIMIT, 4: LIMIT}
    for column, color in colors.items():
        series = {
            "name": heads[column],
            "categories": [name, 1, 0, len(rows), 0],
            "values": [name, 1, column, len(rows), column],
            "line": {"color": color, "dash_type": "solid" if column == 1 else "dash"},
        }
        if column == 1:
            series["marker"] = {"type": "circle", "fill": {"color": color}, "border": {"color": color}}
        chart.add_series(series)
    chart.set_title({"name": words["trend"]})
    chart.set_size({"width": 760, "height": 380})
    sheet.insert_chart(len(rows) + 4, 0, chart)


def _write_durations(book, styles, durations, words):
    sheet = book.add_worksheet(words["durations"][:31])
    sheet.set_column(0, 0, 24)
    sheet.set_column(3, 4, 16)
    classes = [[row["label"], row["count"]] for row in durations["classes"]]
    _table(sheet, styles, 0, [words["days"], words["count"]], classes)
    curve = [[row["time"], row["share"]] for row in durations["curve"]]
    _table(sheet, styles, 0, [words["days"], words["still_open"]], curve, left=3)
    name, chart = sheet.get_name(), book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": words["count"],
            "categories": [name, 1, 0, len(classes), 0],
            "values": [name, 1, 1, len(classes), 1],
            "fill": {"color": BAR},
            "gap": 20,
        }
    )
    chart.set_title({"name": words["durations"]})
    chart.set_legend({"none": True})
    sheet.insert_chart(0, 6, chart)
