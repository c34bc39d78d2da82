import io

from pypdf import PdfReader

from ..common import QmsCase


class TestProcessPassport(QmsCase):
    def _pages(self, process):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("qms_core.report_process_passport", process.ids)
        self.assertEqual(kind, "pdf")
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def test_header_footer_version_and_checksum(self):
        process = self._process()
        version = self._approved(process)
        pages = self._pages(process)
        for number, text in enumerate(pages, start=1):
            self.assertIn(self.company.name, text)
            self.assertIn(f"{number} / {len(pages)}", text)
            self.assertIn("Version 1", text)
            self.assertIn(version.seal_checksum, "".join(text.split()))
        self.assertIn("Take in", "\n".join(pages))

    def test_several_processes_in_one_print(self):
        processes = self._process("P-1") + self._process("P-2")
        self._approved(processes[0])
        text = "\n".join(self._pages(processes))
        self.assertIn("Process P-1", text)
        self.assertIn("Process P-2", text)
        self.assertIn("No version in force", text)

    def test_nothing_is_fetched(self):
        html = '<img src="http://elsewhere.example/x.png"/><img src="file:///etc/passwd"/><p>Text</p>'
        with self.assertLogs("weasyprint", "ERROR") as logs:
            content = self.env["ir.actions.report"]._weasyprint_pdf(html)
        self.assertEqual(len(logs.output), 2)
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 1)
