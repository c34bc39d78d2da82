from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsRequirement(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qms.standard"].create(
            {"name": "Quality", "code": "Q-1", "edition": "2015", "company_id": cls.company.id}
        )

    def _clause(self, clause, **vals):
        return self.env["qms.requirement"].create(
            {"standard_id": self.standard.id, "clause": clause, "name": f"Clause {clause}", **vals}
        )

    def test_clauses_sort_by_number(self):
        for clause in ("10", "7.10", "7.2", "7", "8.2.3", "8.2.1"):
            self._clause(clause)
        ordered = self.env["qms.requirement"].search([("standard_id", "=", self.standard.id)])
        self.assertEqual(ordered.mapped("clause"), ["7", "7.2", "7.10", "8.2.1", "8.2.3", "10"])
        self.assertEqual(self.standard.requirement_count, 6)

    def test_annexes_and_long_lists_sort_too(self):
        codes = ["5.1", "5.99", "5.100", "5.101", "8.5.1", "8.5.1а", "8.5.1б", "A.5.1", "А.5.1", "А.5.1.1.1", "Б.1"]
        for clause in reversed(codes):
            self._clause(clause)
        ordered = self.env["qms.requirement"].search([("standard_id", "=", self.standard.id)])
        self.assertEqual(ordered.mapped("clause"), codes)

    def test_exclusion_needs_its_reason(self):
        clause = self._clause("8.3")
        with self.assertRaisesRegex(ValidationError, "8.3"):
            clause.applicable = False
        clause.write({"applicable": False, "reason": "Nothing is designed here."})
        self.assertFalse(clause.applicable)

    def test_clause_is_unique_in_a_standard(self):
        self._clause("4.1")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._clause("4.1")

    def test_coverage(self):
        covered, open_clause = self._clause("4.1"), self._clause("4.2")
        self._process("P-1").requirement_ids = covered
        uncovered = self.env["qms.requirement"].search(
            [("process_ids", "=", False), ("standard_id", "=", self.standard.id)]
        )
        self.assertEqual(uncovered, open_clause)

    def test_only_coordinator_and_commissioner_edit(self):
        clause = self._clause("4.1")
        for user in (self.clerk_user, self.users["quality_officer"], self.users["auditor"]):
            with self.assertRaises(AccessError):
                clause.with_user(user).name = "x"
        clause.with_user(self.users["coordinator"]).name = "New wording"
        self.assertEqual(clause.name, "New wording")
