import io

from pypdf import PdfReader

from .common import NonconformityCase


class TestNonconformityReport(NonconformityCase):
    def test_the_whole_life_on_paper(self):
        record = self._in_verification(name="Заявнику не видано опис <b>документів</b>")
        self.env["qms.nonconformity.cause"].create(
            {
                "nonconformity_id": record.id,
                "name": "Шаблон друкується з іншої програми",
                "category_id": self.env.ref("qms_core.cause_category_equipment").id,
                "is_root": True,
            }
        )
        record.with_user(self.users["auditor"]).action_reopen("У п’ятницю знову не видали.")
        report = self.env["ir.actions.report"].with_user(self.head_user).with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf("qms_core.report_nonconformity", record.ids)
        self.assertEqual(kind, "pdf")
        # Without spaces: those between words of a picture are lost when its text is taken out of a PDF.
        text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
        for part in (
            record.number,
            "Заявнику не видано опис <b>документів</b>",
            "Шаблон друкується з іншої програми",
            record.action_ids.number,
            "У п’ятницю знову не видали.",
            "Not effective",
        ):
            self.assertIn("".join(part.split()), text)

    def test_a_bare_report_prints_as_well(self):
        record = self._nonconformity()
        html = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_nonconformity", record.ids)[0]
        self.assertIn(record.number.encode(), html)
        self.assertNotIn(b"fishbone", html)
