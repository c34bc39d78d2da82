import base64
import io

from pypdf import PdfReader

from odoo.exceptions import UserError

from .test_qms_risk import RiskCase


class TestQmsRiskHeatMap(RiskCase):
    def _map(self, stage="inherent", user=None, **chosen):
        return self.env["qms.risk.heat.map"].with_user(user or self.users["coordinator"]).get_map(stage, chosen)

    def _counts(self, data):
        """Return ``{(likelihood, impact): count}`` of the cells that hold something."""
        return {
            (row["value"], column["value"]): cell["count"]
            for row, line in zip(data["rows"], data["cells"], strict=True)
            for column, cell in zip(data["columns"], line, strict=True)
            if cell["count"]
        }

    def test_each_risk_stands_in_its_cell(self):
        self._risk(**self._judged(4, 5))
        self._risk(**self._judged(4, 5), **self._judged(2, 5, "residual"))
        self._risk(**self._judged(1, 1))
        self._risk()
        data = self._map()
        self.assertEqual(self._counts(data), {(4, 5): 2, (1, 1): 1})
        self.assertEqual((data["unjudged"], data["total"]), (1, 4))
        self.assertEqual({level["name"]: level["count"] for level in data["levels"]}["Very high"], 2)
        data = self._map("residual")
        self.assertEqual((self._counts(data), data["unjudged"]), ({(2, 5): 1}, 3))

    def test_cells_open_what_they_count(self):
        self._risk(**self._judged(4, 5))
        self._risk(kind="opportunity", **self._judged(4, 5, axis="benefit"))
        self._risk(**self._judged(4, 5)).sudo()._transition({"state": "closed"})
        data = self._map()
        cell = data["cells"][1][4]
        domain = [("inherent_likelihood_id", "=", cell["row"]), ("inherent_impact_id", "=", cell["column"])]
        self.assertEqual(self.env["qms.risk"].search_count(data["domain"] + domain), cell["count"])
        self.assertEqual(cell["count"], 1)

    def test_filters(self):
        other = self.env["hr.department"].create({"name": "Other", "company_id": self.company.id})
        below = self.env["hr.department"].create(
            {"name": "Below", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        self._risk(**self._judged(2, 2))
        self._risk(department_id=below.id, **self._judged(3, 3))
        self._risk(process_id=self._process("P-2").id, department_id=other.id, **self._judged(4, 4))
        self.assertEqual(set(self._counts(self._map(unit=self.unit.id))), {(2, 2), (3, 3)})
        self.assertEqual(set(self._counts(self._map(process=self.process.id))), {(2, 2), (3, 3)})
        self.assertEqual(self._map(kind="opportunity")["total"], 0)
        self.assertEqual([name for _id, name in self._map()["units"]], ["Below", "Other", "Service Centre"])

    def test_only_what_one_may_read(self):
        self._risk(**self._judged(2, 2))
        self.assertEqual(self._map(user=self.stranger)["total"], 0)
        self.assertEqual(self._map(user=self.head_user)["total"], 1)
        self.assertEqual(self._abroad("qms.risk.heat.map").get_map()["total"], 0)

    def test_unknown_stage_or_kind(self):
        with self.assertRaises(UserError):
            self._map("company_id")
        with self.assertRaises(UserError):
            self._map(kind="x")

    def test_queries_do_not_grow_with_the_risks(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._map()
            return self.cr.sql_log_count - before

        self._risk(**self._judged(1, 1))
        few = queries()
        for likelihood in range(1, 6):
            for impact in range(1, 6):
                self._risk(**self._judged(likelihood, impact))
        self.assertLessEqual(queries(), few)

    def test_print_holds_what_the_screen_shows(self):
        risk = self._risk(**self._judged(4, 5))
        file = self.env["qms.risk.heat.map"].with_user(self.users["coordinator"]).print_map("inherent", {})
        pdf = PdfReader(io.BytesIO(base64.b64decode(file["content"])))
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for part in ("Risk heat map", "Before treatment", risk.number, "4 × 5 = 20, Very high", self.company.name):
            self.assertIn(part, text)
