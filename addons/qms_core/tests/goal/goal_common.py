import io

from pypdf import PdfReader

from ..common import QmsCase

PERIOD = {"date_start": "2026-01-01", "date_end": "2026-12-31"}


class GoalCase(QmsCase):
    """Goals of the first authority, written by the coordinator and approved by top management."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.today = cls.company._qms_today()

    @classmethod
    def _goal(cls, code, parent=None, user=None, **vals):
        goals = cls.env["qms.goal"].with_user(user or cls.users["coordinator"])
        vals = {"code": code, "name": f"Goal {code}", "parent_id": parent and parent.id, **PERIOD, **vals}
        return goals.create(vals).with_env(cls.env)

    @classmethod
    def _approved_goal(cls, code, parent=None, **vals):
        goal = cls._goal(code, parent, **vals)
        goal.with_user(cls.users["top_management"]).action_approve()
        return goal

    @classmethod
    def _indicator(cls, code, value=None, target=90, **vals):
        indicator = cls.env["qms.indicator"].create(
            {"name": f"Indicator {code}", "code": code, "target": target, "company_id": cls.company.id, **vals}
        )
        if value is not None:
            cls._measure(indicator, value)
        return indicator

    @classmethod
    def _measure(cls, indicator, value):
        """Enter the value of the current period, or another one in its place."""
        if indicator.measurement_ids:
            indicator.measurement_ids.value = value
        else:
            indicator.measurement_ids.create({"indicator_id": indicator.id, "date": cls.today, "value": value})

    def _pdf_text(self, report, records):
        engine = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = engine._render_qweb_pdf(f"qms_core.{report}", records.ids)
        self.assertEqual(kind, "pdf")
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

    def assertPrinted(self, words, text):
        """Assert that words stand on paper, wherever their line was broken or their letters were moved together."""
        self.assertIn("".join(words.split()), "".join(text.split()))
