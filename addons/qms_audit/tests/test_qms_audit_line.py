from odoo.exceptions import UserError

from .common import AuditCase


class TestQmsAuditLine(AuditCase):
    def _requirement(self, code, clause, **vals):
        standard = self.env["qms.standard"].search([("code", "=", code)]) or self.env["qms.standard"].create(
            {"name": code, "code": code, "company_id": self.company.id}
        )
        requirement = self.env["qms.requirement"].create(
            {"standard_id": standard.id, "clause": clause, "name": f"Clause {clause}", **vals}
        )
        self.process.requirement_ids += requirement
        return requirement

    def _sources(self, audit):
        counts = self.env["qms.audit.line"]._read_group([("audit_id", "=", audit.id)], ["source"], ["__count"])
        return dict(counts)

    def test_checklist_comes_from_the_model(self):
        self._requirement("S-1", "8.2")
        self._requirement("S-1", "8.3", applicable=False, reason="No development")
        audit = self._audit()
        audit.action_generate_checklist()
        self.assertEqual(self._sources(audit), {"check": 5, "criterion": 2, "control": 1, "requirement": 1})
        questions = "\n".join(audit.line_ids.mapped("question"))
        for expected in ("anti-corruption law", "Share served in time", "Mean mark", "Decide", "S-1, 8.2"):
            self.assertIn(expected, questions)
        self.assertNotIn("Take in", questions)
        self.assertEqual(audit.line_ids.process_id, self.process)

    def test_a_standard_narrows_the_clauses(self):
        clause = self._requirement("S-1", "8.2")
        self._requirement("S-2", "4.1")
        audit = self._audit(standard_id=clause.standard_id.id)
        audit.action_generate_checklist()
        self.assertEqual(audit.line_ids.requirement_id, clause)

    def test_asking_again_adds_only_what_is_new(self):
        audit = self._audit()
        audit.action_generate_checklist()
        audit.line_ids.create({"audit_id": audit.id, "question": "Own question?"})
        before = audit.line_ids
        self._requirement("S-1", "8.2")
        audit.action_generate_checklist()
        self.assertEqual((audit.line_ids - before).source, "requirement")

    def test_units_bring_their_processes(self):
        audit = self._audit(process_ids=[], department_ids=[(6, 0, self.unit.ids)])
        audit.action_generate_checklist()
        self.assertEqual(audit.line_ids.process_id, self.process)

    def test_units_without_processes_are_told(self):
        empty = self.env["hr.department"].create({"name": "Empty", "company_id": self.company.id})
        audit = self._audit(process_ids=[], department_ids=[(6, 0, empty.ids)])
        with self.assertRaisesRegex(UserError, "no processes"):
            audit.action_generate_checklist()

    def test_answered_only_while_under_way(self):
        audit = self._audit()
        audit.action_generate_checklist()
        with self.assertRaisesRegex(UserError, "starts it first"):
            audit.line_ids[0].answer = "conform"
        with self.assertRaisesRegex(UserError, "starts it first"):
            audit.line_ids.create({"audit_id": audit.id, "question": "Own?", "answer": "conform"})

    def test_deviation_opens_a_finding(self):
        audit = self._started()
        line = audit.line_ids[0]
        with self.assertRaisesRegex(UserError, "deviation"):
            line.action_find()
        line.write({"answer": "major", "evidence": "Seen"})
        action = line.action_find()
        finding = (
            self.env[action["res_model"]]
            .with_user(self.auditor_user)
            .with_context(action["context"])
            .create({"name": "Major thing"})
        )
        self.assertEqual(finding.line_id, line)
        self.assertEqual((finding.kind, finding.severity), ("nonconformity", "major"))
        self.assertEqual(finding.department_id, self.unit)
