from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestRequirementResponsibility(QmsCase):
    """The matrix of requirements: annex 5 of a quality manual."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qms.standard"].create({"name": "Quality", "code": "Q-1", "company_id": cls.company.id})
        cls.clause, cls.excluded = cls.env["qms.requirement"].create(
            [
                {"standard_id": cls.standard.id, "clause": "4.1", "name": "Context"},
                {
                    "standard_id": cls.standard.id,
                    "clause": "8.3",
                    "name": "Design",
                    "applicable": False,
                    "reason": "None",
                },
            ]
        )
        cls.mayor, cls.clerk_role = cls._role("R-MAYOR"), cls._role("R-CLERK")

    def _set(self, *changes, user="coordinator"):
        changes = [[self.clause.id, role.id, old, new] for role, old, new in changes]
        return self.env["qms.responsibility.matrix"].with_user(self.users[user]).set_cells("requirement", changes)

    def _rows(self):
        rows = self.env["qms.responsibility"].search([("requirement_id", "=", self.clause.id)])
        return {(row.role_id.code, row.letter_id.letter) for row in rows}

    def test_rows_are_the_applied_requirements(self):
        matrix = self.env["qms.responsibility.matrix"].with_user(self.clerk_user)
        data = matrix.get_matrix("requirement", {"standard": self.standard.id})
        self.assertEqual([(row["code"], row["name"]) for row in data["rows"]], [("4.1", "Context")])
        self.assertFalse(data["can_edit"])

    def test_set_letters(self):
        self._set((self.mayor, "", "A"), (self.clerk_role, "", "R"))
        self.assertEqual(self._rows(), {("R-MAYOR", "A"), ("R-CLERK", "R")})
        row = self.env["qms.responsibility"].search([("requirement_id", "=", self.clause.id)], limit=1)
        self.assertEqual(row.company_id, self.company)

    def test_accountable_letter_moves(self):
        self._set((self.mayor, "", "A"))
        self._set((self.clerk_role, "", "A"))
        self.assertEqual(self._rows(), {("R-CLERK", "A")})
        self._set((self.clerk_role, "A", ""))
        self.assertFalse(self._rows())

    def test_officer_of_a_unit_does_not_edit_requirements(self):
        with self.assertRaises(AccessError):
            self._set((self.clerk_role, "", "R"), user="quality_officer")

    def test_row_concerns_either_a_process_or_a_requirement(self):
        process = self._process("P-1")
        for subject in ({}, {"process_id": process.id, "requirement_id": self.clause.id}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                self.env["qms.responsibility"].create({**subject, "role_id": self.clerk_role.id})
                self.env.flush_all()
