from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsResponsibility(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raci = cls.env.ref("qms_core.letter_set_raci")
        cls.letters = {letter.letter: letter for letter in cls.raci.letter_ids}
        cls.process = cls._process("P-1")
        cls.clerk_role = cls._role("R-CLERK")

    def _row(self, letter="C", role=None):
        role = role or self.clerk_role
        return self.env["qms.responsibility"].create(
            {"process_id": self.process.id, "role_id": role.id, "letter_id": self.letters[letter].id}
        )

    def _put_in_force(self, *roles):
        """Put a version in force whose steps these roles perform."""
        version = self._draft(self.process)
        for step, role in zip(version.step_ids, roles, strict=False):
            step.role_id = role
        version.with_user(self.users["coordinator"]).action_submit()
        version.with_user(self.users["commissioner"]).action_approve()

    def _rows(self):
        rows = self.process.responsibility_ids
        return {(row.role_id.code, row.letter_id.letter, row.origin) for row in rows}

    def test_new_authority_starts_with_raci(self):
        self.assertEqual(self.company.qms_letter_set_id, self.raci)

    def test_accountable_role_is_no_row(self):
        with self.assertRaisesRegex(ValidationError, "owner"):
            self._row("A")

    def test_owner_may_perform_but_has_no_other_letter(self):
        self._row("R", self.process.owner_role_id)
        with self.assertRaises(ValidationError):
            self._row("I", self.process.owner_role_id)

    def test_owner_may_have_any_letter_of_a_set_without_accountable_one(self):
        self.company.qms_letter_set_id = self.env.ref("qms_core.letter_set_card")
        approves = self.env.ref("qms_core.letter_card_approves")
        row = self.env["qms.responsibility"].create(
            {"process_id": self.process.id, "role_id": self.process.owner_role_id.id, "letter_id": approves.id}
        )
        self.assertEqual(row.letter_id, approves)

    def test_version_in_force_makes_rows(self):
        self._put_in_force(self.clerk_role, self.clerk_role)
        self.assertEqual(self._rows(), {("R-CLERK", "R", "steps")})

    def test_rows_follow_the_next_version_and_those_by_hand_stay(self):
        other = self._role("R-OTHER")
        self._row("R", other)
        self._put_in_force(self.clerk_role, other)
        self.assertEqual(self._rows(), {("R-CLERK", "R", "steps"), ("R-OTHER", "R", "hand")})
        self._put_in_force(other, other)
        self.assertEqual(self._rows(), {("R-OTHER", "R", "hand")})

    def test_applicant_has_no_duties(self):
        applicant = self._role("R-APP", kind="applicant")
        self._put_in_force(applicant, self.clerk_role)
        self.assertEqual(self._rows(), {("R-CLERK", "R", "steps")})

    def test_draft_makes_no_rows(self):
        self._draft(self.process)
        self.assertFalse(self.process.responsibility_ids)

    def test_row_from_steps_is_not_edited_away(self):
        self._put_in_force(self.clerk_role, self.clerk_role)
        row = self.process.responsibility_ids.with_user(self.users["coordinator"])
        with self.assertRaisesRegex(UserError, "Take in"):
            row.unlink()
        with self.assertRaisesRegex(UserError, "new version"):
            row.letter_id = self.letters["C"]

    def test_nobody_makes_rows_from_steps_by_hand(self):
        rows = self.env["qms.responsibility"].with_user(self.users["coordinator"])
        row = rows.with_context(default_origin="steps").create(
            {"process_id": self.process.id, "role_id": self.clerk_role.id, "origin": "steps"}
        )
        self.assertEqual(row.origin, "hand")

    def test_row_by_hand_takes_the_place_of_that_from_steps_and_gives_it_back(self):
        self._put_in_force(self.clerk_role, self.clerk_role)
        row = self._row("R")
        self.assertEqual(self._rows(), {("R-CLERK", "R", "hand")})
        row.unlink()
        self.assertEqual(self._rows(), {("R-CLERK", "R", "steps")})

    def test_another_set_gives_its_letter_to_who_performs(self):
        self._put_in_force(self.clerk_role, self.clerk_role)
        self.company.qms_letter_set_id = self.env.ref("qms_core.letter_set_card")
        self.assertEqual(self._rows(), {("R-CLERK", "В", "steps")})

    def test_set_has_one_accountable_letter(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.letters["R"].accountable = True
            self.env.flush_all()

    def test_letter_is_one_capital_letter(self):
        with self.assertRaises(ValidationError):
            self.letters["R"].letter = "r"

    def test_shared_set_is_duplicated_not_changed(self):
        shared = self.raci.with_user(self.users["coordinator"])
        with self.assertRaises(UserError):  # an AccessError is one
            shared.name = "Mine"
        copy = shared.copy()
        copy.invalidate_recordset()  # the order of what was just created is that of its creation
        self.assertEqual(copy.company_id, self.company)
        self.assertEqual(copy.letter_ids.mapped("letter"), self.raci.letter_ids.mapped("letter"))

    def test_duties_of_a_position(self):
        job = self.env["hr.job"].create({"name": "Clerk", "company_id": self.company.id})
        (self.clerk_role | self.process.owner_role_id).job_ids = job
        row = self._row("C")
        self.assertEqual(job.qms_responsibility_ids, row)
        self.assertEqual(job.qms_owned_process_ids, self.process)
