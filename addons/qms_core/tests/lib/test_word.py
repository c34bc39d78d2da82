import base64
import io
import re

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from odoo.tests import BaseCase
from odoo.tools import file_path

from ...lib.word import Page, UnknownMarkup, columns, to_docx
from ..office import Opened

BODY = """
<div class="x"><h2>1. Загальні положення</h2>
<p>Текст <b>важливий</b> і <i>похилий</i>.</p>
<h3>1.1. Частина</h3>
<ul><li>перше<ul><li>вкладене</li></ul></li><li><p>друге</p></li></ul>
<ol><li>раз</li><li>два</li></ol>
<table><thead><tr><th>Крок</th><th>Хто</th></tr></thead>
<tbody><tr><td>Прийняти</td><td><p>Адміністратор</p></td></tr><tr><td colspan="2">разом</td></tr></tbody></table>
<img src="data:image/png;base64,%s"/></div>
"""


def picture(width=2000):
    content = io.BytesIO()
    Image.new("RGB", (width, 40), "navy").save(content, "PNG", dpi=(96, 96))
    return base64.b64encode(content.getvalue()).decode()


class TestWord(BaseCase):
    def _document(self, body=None, **page):
        page = Page(**{"title": "Настанова щодо якості", "lang": "uk_UA", **page})
        return Document(io.BytesIO(to_docx(BODY % picture() if body is None else body, page)))

    def _texts(self, document, style):
        return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]

    def test_headings_are_headings(self):
        document = self._document()
        self.assertEqual(self._texts(document, "Title"), ["Настанова щодо якості"])
        self.assertEqual(self._texts(document, "Heading 1"), ["1. Загальні положення"])
        self.assertEqual(self._texts(document, "Heading 2"), ["1.1. Частина"])

    def test_emphasis_and_lists(self):
        document = self._document()
        runs = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Текст")).runs
        self.assertEqual([run.text for run in runs if run.bold], ["важливий"])
        self.assertEqual([run.text for run in runs if run.italic], ["похилий"])
        self.assertEqual("".join(run.text for run in runs), "Текст важливий і похилий.")
        self.assertEqual(self._texts(document, "List Bullet"), ["перше", "друге"])
        self.assertEqual(self._texts(document, "List Bullet 2"), ["вкладене"])
        self.assertEqual(self._texts(document, "List Number"), ["раз", "два"])

    def test_every_list_counts_from_one(self):
        document = self._document("<ol><li>a</li></ol><p>x</p><ol><li>b</li><li>c<ol><li>d</li></ol></li></ol>")
        items = [row for row in document.paragraphs if row.style.name.startswith("List Number")]
        self.assertEqual([row.style.name[12:] for row in items], ["", "", "", "2"])
        first, second, third, nested = (row._p.pPr.numPr.numId.val for row in items)
        self.assertEqual(second, third)
        self.assertEqual(len({first, second, nested}), 3)
        numbering = document.part.numbering_part.element
        for counter in (first, second, nested):
            [override] = numbering.num_having_numId(counter).lvlOverride_lst
            self.assertEqual((override.ilvl, override.startOverride.val), (0, 1))

    def test_tables_are_tables_with_a_repeated_head(self):
        [table] = self._document().tables
        self.assertEqual(
            [[cell.text for cell in row.cells] for row in table.rows][:2],
            [["Крок", "Хто"], ["Прийняти", "Адміністратор"]],
        )
        self.assertEqual(table.rows[2].cells[0]._tc, table.rows[2].cells[1]._tc)
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        self.assertEqual(heads, [True, False, False])
        self.assertTrue(all(run.bold for run in table.rows[0].cells[0].paragraphs[0].runs))

    def test_a_last_table_begins_no_empty_page(self):
        table = "<table><tr><td>a</td></tr></table>"
        between, last = self._document(table + "<p>then</p>" + table).paragraphs[-3::2]
        self.assertEqual((between.text, last.text), ("", ""))
        self.assertGreater(between.paragraph_format.line_spacing, last.paragraph_format.line_spacing)
        self.assertEqual(last.paragraph_format.line_spacing, Pt(1))

    def test_columns_are_as_wide_as_in_the_pdf(self):
        body = (
            '<table class="fixed"><thead><tr><th class="w1">a</th><th>b</th><th>c</th></tr></thead>'
            '<tbody><tr><td>1</td><td colspan="2">2</td></tr></tbody></table>'
            '<table class="card fixed"><tbody><tr><th>a</th><td>b</td></tr></tbody></table>'
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
        )
        fixed, card, free = self._document(body).tables
        self.assertEqual([round(cell.width.mm, 1) for cell in fixed.rows[0].cells], [19, 75.5, 75.5])
        self.assertEqual([round(cell.width.mm, 1) for cell in fixed.rows[1].cells], [19, 151, 151])
        self.assertEqual([round(column.width.mm, 1) for column in card.columns], [42, 128])
        self.assertEqual([fixed.autofit, card.autofit, free.autofit], [False, False, True])

    def test_widths_are_those_of_the_style_sheets(self):
        with open(file_path("qms_core/static/report/document.css")) as sheet:
            widths = dict(re.findall(r"th\.(w\d) \{ width: (\d+)mm", sheet.read()))
        self.assertEqual(len(widths), 3)
        for name, width in widths.items():
            self.assertEqual(columns.NAMED[name], int(width) + columns.PADDING)
        with open(file_path("qms_core/static/report/report.css")) as sheet:
            style = sheet.read()
        self.assertIn(f"table.card th {{ width: {columns.CARD - columns.PADDING}mm; }}", style)
        self.assertIn(f"table.numbered td.no {{ width: {columns.NAMED['no'] - columns.PADDING}mm;", style)
        self.assertIn(f"th, td {{ border: 0.5pt solid #d1d5db; padding: 1.2mm {columns.PADDING // 2}mm;", style)

    def test_pictures_fit_on_the_page(self):
        document = self._document()
        [shape] = document.inline_shapes
        section = document.sections[0]
        self.assertEqual(shape.width, section.page_width - section.left_margin - section.right_margin)
        self.assertAlmostEqual(shape.width / shape.height, 50, delta=1)

    def test_page_numbers_and_contents_are_fields(self):
        document = self._document(contents_title="Зміст", header="Виконком", footer="Версія 2")
        footer = document.sections[0].footer._element.xml
        self.assertIn(" PAGE ", footer)
        self.assertIn(" NUMPAGES ", footer)
        self.assertIn("Версія 2", document.sections[0].footer.paragraphs[0].text)
        self.assertEqual(document.sections[0].header.paragraphs[0].text, "Виконком")
        self.assertEqual(self._texts(document, "toc 1"), ["1. Загальні положення\t"])
        self.assertEqual(self._texts(document, "toc 2"), ["1.1. Частина\t"])
        for number in (1, 2):
            self.assertIn(f'w:name="_Toc{number}"', document.element.xml)
            self.assertIn(f" PAGEREF _Toc{number} ", document.element.xml)
        settings = [child.tag for child in document.settings.element]
        order = [settings.index(qn(f"w:{name}")) for name in ("autoHyphenation", "updateFields", "compat")]
        self.assertEqual(order, sorted(order), "the format has an order for settings")
        self.assertNotIn("PAGEREF", self._document().element.xml)

    def test_what_has_no_counterpart_is_refused_by_name(self):
        for name, body in [
            ("script", "<p>a</p><script>alert(1)</script>"),
            ("iframe", '<iframe src="x"></iframe>'),
            ("video", "<video></video>"),
            ("svg", "<svg></svg>"),
            ("input", "<p><input/></p>"),
            ("img", '<img src="https://elsewhere.example/x.png"/>'),
            ("rowspan", '<table><tr><td rowspan="2">a</td></tr></table>'),
        ]:
            with self.subTest(name=name), self.assertRaises(UnknownMarkup) as caught:
                to_docx(body, Page("T"))
            self.assertEqual(caught.exception.name, name)

    def test_picture_in_a_format_that_word_lacks_is_turned_into_one_it_has(self):
        content = io.BytesIO()
        Image.new("RGBA", (60, 40), "navy").save(content, "WEBP")
        data = base64.b64encode(content.getvalue()).decode()
        document = self._document(f'<p><img src="data:image/webp;base64,{data}"/></p>')
        self.assertEqual(len(document.inline_shapes), 1)
        [part] = [part for part in document.part.package.iter_parts() if part.partname.startswith("/word/media")]
        self.assertEqual((part.content_type, Image.open(io.BytesIO(part.blob)).size), ("image/png", (60, 40)))

    def test_empty_and_loose_text(self):
        self.assertEqual(self._texts(self._document(""), "Normal"), [""])
        document = self._document("loose <b>text</b><p>then</p> tail")
        self.assertEqual(self._texts(document, "Normal"), ["loose text", "then", "tail"])

    def test_a_reader_finds_headings_lists_and_tables(self):
        opened = Opened(to_docx(BODY % picture(), Page("Настанова", contents_title="Зміст", header="Виконком")))
        self.assertEqual(opened.headings, [(1, "1. Загальні положення"), (2, "1.1. Частина")])
        self.assertEqual(opened.items[-2:], ["раз", "два"])
        self.assertEqual(opened.tables, [[["Крок", "Хто"], ["Прийняти", "Адміністратор"], ["разом"]]])
        self.assertEqual((opened.heads, opened.header), ([1], "Виконком"))
        self.assertEqual(opened.fields, {"page-number", "page-count"})
