import io

from pypdf import PdfReader

from .common import AnticorruptionCase


class TestAnticorruptionPlanReport(AnticorruptionCase):
    def _text(self, plan, user):
        report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("anticorruption.report_plan", plan.ids)
        self.assertEqual(kind, "pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return " ".join(text.split())

    def test_plan_in_force_as_an_employee_prints_it(self):
        plan = self._approved(source="Point 4 of the programme", act_number="12-r")
        text = self._text(plan, self.stranger)
        for expected in (
            plan.name,
            "Order of the mayor № 12-r",
            "Point 4 of the programme",
            "Train the staff",
            self.clerk.name,
            "List of the trained",
            plan.measure_ids.number,
            "Under way",
        ):
            self.assertIn(expected, text)
        self.assertIn(plan.seal_checksum, text.replace(" ", ""))

    def test_draft_says_so(self):
        text = self._text(self._plan(), self.anticorruption)
        self.assertIn("Not in force", text)
        self.assertIn("no measures", text)
        self.assertNotIn("SHA-256", text)
