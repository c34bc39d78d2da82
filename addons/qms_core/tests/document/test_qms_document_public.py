import re

from odoo.tests import HttpCase, tagged

from .acknowledgement_common import AcknowledgementCase


@tagged("post_install", "-at_install")
class TestQmsDocumentPublic(AcknowledgementCase, HttpCase):
    """Visitors read what is published and in force, and learn nothing of anything else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env.ref("base.public_user").company_id
        cls.shown = cls._public(name="Opening hours", body="<p>From nine to five</p>")

    @classmethod
    def _public(cls, body="<p>Text</p>", company=None, **vals):
        document = cls.env["qms.document"].create(
            {
                "name": "Public",
                "type_id": cls.env.ref("qms_core.document_type_policy").id,
                "review_months": 12,
                "company_id": (company or cls.home).id,
                "confidentiality": "public",
                "is_published": True,
                **vals,
            }
        )
        if body:
            cls._in_force(document, body=body)
        return document

    def _paths(self, document):
        return [f"/qms/documents/{document.id}", f"/qms/documents/{document.id}/pdf"]

    def _assert_hidden(self, document):
        for path in self._paths(document):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        self.assertNotIn(document.name, self.url_open("/qms/documents").text)

    def test_list_page_and_validity(self):
        answer = self.url_open("/qms/documents")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Opening hours", answer.text)
        self.assertEqual(answer.headers["X-Frame-Options"], "DENY")
        self.assertIn("font-src 'self' data:", answer.headers["Content-Security-Policy"])
        page = self.url_open(f"/qms/documents/{self.shown.id}")
        self.assertIn("From nine to five", page.text)
        self.assertIn(self.shown.code, page.text)
        self.assertIn("img-src 'self' data:;", page.headers["Content-Security-Policy"])

    def test_pdf(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "v1.pdf",
                "raw": b"%PDF-1.4 printed",
                "mimetype": "application/pdf",
                "res_model": "qms.document.version",
                "res_id": self.shown.version_id.id,
            }
        )
        self.shown.version_id._transition({"pdf_attachment_id": file.id})
        answer = self.url_open(f"/qms/documents/{self.shown.id}/pdf")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/pdf"))
        self.assertEqual(answer.content, b"%PDF-1.4 printed")
        self.assertEqual(self.url_open(f"/web/content/{file.id}").status_code, 404, "The file itself is not public.")

    def test_what_is_not_published_is_not_there(self):
        self._assert_hidden(self._public(name="Unpublished", is_published=False))
        self._assert_hidden(self._public(name="Internal", is_published=False, confidentiality="internal"))
        self._assert_hidden(self._public(name="Draft only", body=False))
        archived = self._public(name="Archived")
        archived.flush_recordset()
        self.env.cr.execute("UPDATE qms_document SET active = false WHERE id = %s", [archived.id])
        archived.invalidate_recordset()
        self._assert_hidden(archived)
        self._assert_hidden(self._public(name="Of another authority", company=self.company))

    def test_a_published_document_made_restricted_behind_the_gates_is_hidden(self):
        document = self._public(name="Was public")
        document.flush_recordset()
        self.env.cr.execute("UPDATE qms_document SET confidentiality = 'restricted' WHERE id = %s", [document.id])
        document.invalidate_recordset()
        self._assert_hidden(document)

    def test_withdrawn_is_hidden(self):
        document = self._public(name="Was in force")
        document.version_id._transition({"state": "withdrawn"})
        document._put_in_force(document.version_id.browse())
        self._assert_hidden(document)

    def test_only_the_version_in_force_is_shown(self):
        document = self._public(body="<p>Old text</p>")
        self._in_force(document, body="<p>New text</p>")
        draft = self.env["qms.document.version"].create({"document_id": document.id, "body": "<p>Next text</p>"})
        page = self.url_open(f"/qms/documents/{document.id}").text
        self.assertIn("New text", page)
        self.assertNotIn("Old text", page)
        self.assertNotIn("Next text", page)
        self.assertTrue(draft.exists())

    def test_hostile_addresses(self):
        for path in (
            "/qms/documents/0",
            "/qms/documents/999999999",
            "/qms/documents/-1",
            "/qms/documents/1%27%20OR%201=1",
            "/qms/documents/abc",
        ):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        for query in ("?page=-5", "?page=99999999999", "?page=x", "?q=" + "a" * 5000, "?q=%00%01", "?q=%25_"):
            self.assertEqual(self.url_open("/qms/documents" + query).status_code, 200, query)

    def test_script_in_a_search_and_in_a_title(self):
        self._public(name="<script>alert(1)</script>")
        text = self.url_open("/qms/documents?q=%22%3E%3Cscript%3Ealert(2)%3C/script%3E").text
        self.assertNotIn("<script>alert(2)", text)
        self.assertNotIn("<script>alert(1)", self.url_open("/qms/documents").text)

    def test_search(self):
        other = self._public(name="Fees")
        text = self.url_open("/qms/documents?q=nine+to").text
        self.assertIn("Opening hours", text)
        self.assertNotIn(other.name, text.split("<main")[-1])

    def test_nothing_is_written_and_no_foreign_host(self):
        self.assertEqual(self.url_open("/qms/documents", data={"q": "x"}).status_code, 405)
        text = self.url_open(f"/qms/documents/{self.shown.id}").text
        loaded = re.findall(r"""(?:src|href)=["'](https?://[^"']+)""", text)
        own = self.base_url()
        foreign = [
            url for url in loaded if not url.startswith(own) and re.search(r"\.(js|css|woff2?|png|jpg|svg)(\?|$)", url)
        ]
        self.assertEqual(foreign, [])

    def test_the_sheet_as_workbook_is_for_who_may_read_the_version(self):
        document = self._document(distribution_ids=self._to_unit(), confidentiality="restricted")
        version = self._in_force(document)
        path = f"/qms/acknowledgements/{version.id}.xlsx"
        answer = self.url_open(path, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303), "Visitors log in first.")
        self.authenticate(self.stranger.login, self.stranger.login.ljust(8, "x"))
        self.assertEqual(self.url_open(path).status_code, 404)
        commissioner = self.users["commissioner"].login
        self.authenticate(commissioner, commissioner.ljust(8, "x"))
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
