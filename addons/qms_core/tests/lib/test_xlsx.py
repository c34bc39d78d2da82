import base64
import io

import xlsxwriter
from openpyxl import load_workbook

from odoo.tests import BaseCase

from ...lib import analysis_xlsx
from ...lib.xlsx import write_cell

FORMULA = '{=HYPERLINK("https://else.example","Open")}'


class TestXlsx(BaseCase):
    def test_every_value_keeps_its_type(self):
        values = ["=1+1", FORMULA, "{=1}", "+1", "https://city.example", "12", "", None, 12, 1.5, True]
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet()
        for row, value in enumerate(values):
            write_cell(sheet, row, 0, value)
        book.close()
        cells = [row[0] for row in load_workbook(stream).active.iter_rows(max_row=len(values))]
        self.assertEqual([cell.value for cell in cells[:6]], values[:6])
        self.assertEqual({cell.data_type for cell in cells[1:6]}, {"s"})
        self.assertEqual([cell.value for cell in cells[6:]], [None, None, 12, 1.5, True])
        self.assertFalse(any(cell.hyperlink for cell in cells))

    def test_a_cause_named_like_a_formula_stays_a_text(self):
        bar = {"label": FORMULA, "count": 1, "share": 100.0, "cumulative": 100.0}
        data = {
            "figures": [{"label": "Found", "value": "{=1+1}", "help": ""}],
            "pareto": {"bars": [bar]},
            "trend": {"points": [], "limits": None, "rules": [], "hint": "Too few."},
            "durations": {"classes": [{"label": "{=2}", "count": 1}], "curve": []},
        }
        names = "title authority period figures pareto trend durations count share cumulative period_name value mean "
        names += "lower upper range signals days still_open"
        content = analysis_xlsx.write(data, {name: name for name in names.split()})
        book = load_workbook(io.BytesIO(base64.b64decode(content)))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        self.assertIn(FORMULA, [cell.value for cell in cells])
        self.assertNotIn("f", {cell.data_type for cell in cells})
