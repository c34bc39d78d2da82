import io

from pypdf import PdfReader

from .common import AuditCase


class TestQmsAuditReport(AuditCase):
    def _text(self, audit, user):
        report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("qms_audit.report_audit", audit.ids)
        self.assertEqual(kind, "pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return " ".join(text.split())

    def test_closed_report_as_the_head_prints_it(self):
        audit = self._started()
        audit.line_ids.write({"answer": "conform", "evidence": "Seen in the hall"})
        self._finding(audit, name="No visa on the file").action_raise()
        audit.summary = "One deviation in all"
        audit.action_report()
        audit.with_user(self.commissioner).action_close("Within a month")
        text = self._text(audit, self.head_user)
        for expected in (
            audit.number,
            "The last quarter",
            self.auditor.name,
            "One deviation in all",
            "No visa on the file",
            audit.finding_ids.nonconformity_id.number,
            "Seen in the hall",
            "Within a month",
        ):
            self.assertIn(expected, text)
        self.assertIn(audit.seal_checksum, text.replace(" ", ""))

    def test_open_report_says_so(self):
        text = self._text(self._started(), self.auditor_user)
        self.assertIn("not closed", text)
        self.assertNotIn("SHA-256", text)
