from odoo.exceptions import AccessError, UserError, ValidationError

from .common import AuditCase


class TestQmsAuditFinding(AuditCase):
    def test_raised_once_as_a_nonconformity_of_the_unit(self):
        audit = self._started()
        finding = self._finding(audit, severity="major", evidence="3 of 20 files")
        finding.action_raise()
        nonconformity = finding.nonconformity_id
        self.assertEqual(finding.state, "raised")
        self.assertEqual((nonconformity.kind, nonconformity.severity), ("audit", "major"))
        self.assertEqual(nonconformity.process_id, self.process)
        self.assertEqual(nonconformity.responsible_id, self.head)
        self.assertEqual((nonconformity.origin_model, nonconformity.origin_id), (finding._name, finding.id))
        with self.assertRaises(UserError):
            finding.action_raise()
        count = self.env["qms.nonconformity"].search_count([("origin_id", "=", finding.id), ("kind", "=", "audit")])
        self.assertEqual(count, 1)

    def test_nonconformity_is_not_only_noted(self):
        audit = self._started()
        with self.assertRaisesRegex(UserError, "raised"):
            self._finding(audit).action_note()
        observation = self._finding(audit, kind="observation")
        observation.action_note()
        self.assertEqual(observation.state, "noted")

    def test_raising_needs_a_unit(self):
        finding = self._finding(self._started(), process_id=False)
        with self.assertRaisesRegex(UserError, "unit"):
            finding.action_raise()

    def test_strangers_decide_nothing(self):
        finding = self._finding(self._started())
        for user in (self.users["coordinator"], self.users["top_management"], self.head_user):
            with self.assertRaises(AccessError):
                finding.with_user(user).action_raise()

    def test_found_only_while_under_way(self):
        with self.assertRaisesRegex(UserError, "starts it first"):
            self._finding(self._audit())

    def test_nothing_decided_after_the_end(self):
        audit = self._started()
        finding = self._finding(audit)
        audit.with_user(self.users["coordinator"]).action_cancel("Dissolved")
        with self.assertRaisesRegex(UserError, "over"):
            finding.action_raise()
        with self.assertRaises(UserError):
            finding.write({"name": "x"})

    def test_decided_is_frozen(self):
        finding = self._finding(self._started())
        finding.action_raise()
        for vals in ({"name": "x"}, {"state": "open"}, {"severity": "minor"}, {"nonconformity_id": False}):
            with self.assertRaises(UserError):
                finding.write(vals)
        with self.assertRaises(UserError):
            finding.with_context(_force_unlink=True).unlink()

    def test_nonconformity_is_not_chosen_by_hand(self):
        audit = self._started()
        other = self._nonconformity()
        self.assertFalse(self._finding(audit, nonconformity_id=other.id).nonconformity_id)
        with self.assertRaises(UserError):
            self._finding(audit).write({"nonconformity_id": other.id})

    def test_line_of_the_same_audit(self):
        other = self._audit()
        other.action_generate_checklist()
        with self.assertRaisesRegex(ValidationError, "another audit"):
            self._finding(self._started(), line_id=other.line_ids[0].id)
