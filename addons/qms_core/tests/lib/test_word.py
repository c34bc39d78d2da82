import base64
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from odoo.tests import BaseCase

from ...lib.word import Page, UnknownMarkup, to_docx

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
        self.assertEqual(self._texts(document, "List"), ["1. раз", "2. два"])

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
        self.assertIn('TOC \\o "1-2"', document.element.xml)
        self.assertIsNotNone(document.settings.element.find(qn("w:updateFields")))
        self.assertNotIn("TOC", self._document().element.xml)

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
        self.assertEqual(self._texts(document, "Normal"), ["loose text", "then", " tail"])

    def test_libre_office_finds_headings_and_tables(self):
        """Where LibreOffice is installed, it converts the file with its headings and its table."""
        office = shutil.which("soffice")
        content = to_docx(BODY % picture(), Page("Настанова", contents_title="Зміст"))
        self.assertTrue(content.startswith(b"PK"))
        if office:
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "manual.docx").write_bytes(content)
                command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
                subprocess.run(
                    [*command, "--convert-to", "html", "--outdir", folder, f"{folder}/manual.docx"],
                    check=True,
                    timeout=120,
                    capture_output=True,
                )
                page = Path(folder, "manual.html").read_text()
            self.assertRegex(page, r"<h1[^>]*>")
            self.assertRegex(page, r"<table[^>]*>")
