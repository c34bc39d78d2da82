import io
from collections import Counter

from docx import Document
from lxml import html

from odoo.exceptions import UserError
from odoo.tests import HttpCase

from ..office import Opened, words_of_html
from .generate_common import GenerateCase


class TestDocumentWord(GenerateCase):
    def test_manual_has_headings_tables_and_contents(self):
        version = self._first(self._generated("quality_manual", self.company))
        document = Document(io.BytesIO(version._docx()))
        headings = [row.text for row in document.paragraphs if row.style.name == "Heading 1"]
        self.assertGreater(len(headings), 10)
        self.assertTrue(headings[0].startswith("1. "))
        self.assertTrue(any(heading.startswith("Annex 1.") for heading in headings))
        self.assertGreater(len(document.tables), 5)
        entries = [row.text for row in document.paragraphs if row.style.name == "toc 1"]
        self.assertEqual(entries, [f"{heading}\t" for heading in headings])

    def test_every_kind_converts(self):
        """No shipped table or text uses what DOCX can't show."""
        subjects = {"process": self.process, "service": self.service, "unit": self.unit, "position": self.performer}
        for template in self.env["qms.document.template"].search([("lang", "=", "en_US"), ("company_id", "=", False)]):
            document = self.documents._make(template, subjects.get(template.provider, self.company))
            self.assertTrue(Document(io.BytesIO(self._first(document)._docx())).paragraphs, template.code)

    def test_what_cannot_be_converted_is_named(self):
        version = self._version(body="<p>a</p><blockquote>b</blockquote>")
        with self.assertRaisesRegex(UserError, "<blockquote> b"):
            version._docx()

    def test_print_has_contents_with_anchors(self):
        version = self._first(self._generated("quality_manual", self.company))
        page = version._print_page()
        self.assertGreater(len(page["entries"]), 10)
        for entry in page["entries"]:
            self.assertIn(f'id="{entry.anchor}"', page["body"])
        self.assertFalse(self._version()._print_page()["entries"], "a short text needs no table of contents")

    def test_print_tells_the_act(self):
        document = self._generated("process_passport", self.process)
        version = self._first(document)
        self.assertEqual(version._print_page()["approval"], [])
        self._in_force(document)
        lines = version._print_page()["approval"]
        self.assertEqual(lines[0], "APPROVED")
        self.assertGreater(len(lines), 1)


class TestDocumentOpened(GenerateCase):
    """DOCX as LibreOffice opens it: nothing of the text is lost, and its parts are what they were."""

    def _opened(self, code, subject):
        version = self._first(self._generated(code, subject))
        opened, body = Opened(version._docx()), str(version.body)
        self._check_parts(html.fragment_fromstring(body, create_parent="div"), opened)
        self.assertFalse(Counter(words_of_html(body)) - Counter(opened.words), "words were lost")
        self.assertIn(self.company.name, opened.header)
        self.assertIn(version.document_id.code, opened.footer)
        self.assertEqual(opened.fields, {"page-number", "page-count"})
        return opened

    def _check_parts(self, root, opened):
        headings = [
            (int(found.tag[1]) - 1, " ".join(found.text_content().split())) for found in root.iter("h2", "h3", "h4")
        ]
        self.assertEqual(opened.headings, headings)
        tables = list(root.iter("table"))
        self.assertEqual([len(rows) for rows in opened.tables], [len(list(table.iter("tr"))) for table in tables])
        self.assertEqual(opened.heads, [len(table.findall("thead/tr")) for table in tables])
        self.assertEqual(len(opened.items), len(list(root.iter("li"))))

    def test_manual(self):
        opened = self._opened("quality_manual", self.company)
        self.assertGreater(len(opened.headings), 30)
        self.assertGreater(len(opened.items), 10)
        [documents] = [rows for rows in opened.tables if rows[0][:2] == ["Code", "Document"]]
        self.assertEqual(len(documents[0]), 5)

    def test_job_description(self):
        opened = self._opened("job_description", self.performer)
        self.assertIn(["Position", self.performer.name], opened.tables[0])

    def test_service_card(self):
        """Paragraphs and lists inside the cells of a table stay there."""
        [card] = self._opened("service_card", self.service).tables
        self.assertIn(["4", "Laws and other acts", "Law 1 Law 2"], card)


class TestDocumentWordDownload(GenerateCase, HttpCase):
    def test_who_reads_downloads(self):
        version = self._first(self._generated("process_passport", self.process))
        address = version.action_docx()["url"]
        self.authenticate("qms_coordinator", "qms_coordinator")
        response = self.url_open(address)
        self.assertEqual(response.status_code, 200)
        self.assertIn(".docx", response.headers["Content-Disposition"])
        self.assertTrue(Document(io.BytesIO(response.content)).paragraphs)

    def test_who_may_not_read_the_draft_gets_nothing(self):
        version = self._first(self._generated("process_passport", self.process))
        self.authenticate("qms_clerk", "qms_clerk")
        self.assertEqual(self.url_open(f"/qms/document/version/{version.id}/docx").status_code, 404)
