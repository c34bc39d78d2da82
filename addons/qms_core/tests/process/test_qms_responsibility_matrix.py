import base64
import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import warmup

from ..common import QmsCase


class TestQmsResponsibilityMatrix(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process, cls.second = cls._process("P-1"), cls._process("P-2")
        cls.owner = cls.process.owner_role_id
        cls.clerk_role, cls.lawyer_role = cls._role("R-CLERK"), cls._role("R-LAW")

    def _matrix(self, user="coordinator"):
        user = self.users.get(user) or user
        return self.env["qms.responsibility.matrix"].with_user(user)

    def _set(self, *changes, user="coordinator"):
        changes = [[row.id, role.id, old, new] for row, role, old, new in changes]
        return self._matrix(user).set_cells("process", changes)

    def _cells(self, kind="process"):
        return {(row, role): (value, steps) for row, role, value, steps in self._matrix().get_matrix(kind)["cells"]}

    def _value(self, row, role):
        return self._cells().get((row.id, role.id), ("", ""))[0]

    # === READING === #

    def test_matrix_is_plain_data(self):
        self._set((self.process, self.clerk_role, "", "C"))
        data = self._matrix(self.clerk_user).get_matrix()
        self.assertEqual([row["code"] for row in data["rows"]], ["P-1", "P-2"])
        self.assertEqual({column["code"] for column in data["columns"]}, {"R-OWN", "R-CLERK", "R-LAW"})
        self.assertIn([self.process.id, self.clerk_role.id, "C", ""], data["cells"])
        self.assertIn([self.process.id, self.owner.id, "A", ""], data["cells"])
        self.assertEqual([letter["letter"] for letter in data["letters"]], list("ARCI"))

    def test_who_may_not_edit_gets_a_read_only_matrix(self):
        self.assertFalse(self._matrix(self.clerk_user).get_matrix()["can_edit"])
        self.assertTrue(self._matrix("coordinator").get_matrix()["can_edit"])

    def test_officer_edits_rows_of_his_unit_only(self):
        self.second.department_id = False
        data = self._matrix("quality_officer").get_matrix()
        self.assertEqual({row["code"]: row["editable"] for row in data["rows"]}, {"P-1": True, "P-2": False})
        self._set((self.process, self.clerk_role, "", "C"), user="quality_officer")
        with self.assertRaises(AccessError):
            self._set((self.second, self.clerk_role, "", "C"), user="quality_officer")

    def test_filters(self):
        unit = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        self.second.write({"department_id": unit.id, "kind": "support", "name": "Keep files"})
        matrix = self._matrix()
        for chosen in ({"unit": unit.id}, {"kind": "support"}, {"text": "keep"}, {"text": "p-2"}):
            rows = matrix.get_matrix("process", chosen)["rows"]
            self.assertEqual([row["id"] for row in rows], self.second.ids, chosen)
        columns = matrix.get_matrix("process", {}, {"text": "law"})["columns"]
        self.assertEqual([column["id"] for column in columns], self.lawyer_role.ids)
        columns = matrix.get_matrix("process", {}, {"used": True})["columns"]
        self.assertEqual([column["id"] for column in columns], self.owner.ids)

    def test_another_authority_is_not_shown(self):
        foreign = self._abroad("qms.responsibility.matrix").get_matrix()
        self.assertEqual((foreign["rows"], foreign["columns"], foreign["cells"]), ([], [], []))

    def test_unknown_kind(self):
        with self.assertRaisesRegex(UserError, "moon"):
            self._matrix().get_matrix("moon")

    @warmup
    def test_queries_do_not_grow(self):
        """60 × 40 costs as many queries as 2 × 3."""

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            data = self._matrix().get_matrix()
            return self.cr.sql_log_count - before, data

        small, _data = queries()
        roles = self.env["qms.role"].create([{"name": f"Role {i}", "code": f"X-{i}"} for i in range(37)])
        processes = self.env["qms.process"].create(
            [{"name": f"Process {i}", "code": f"X-{i}", "owner_role_id": roles[i % 37].id} for i in range(58)]
        )
        self.env["qms.responsibility"].create(
            [
                {"process_id": process.id, "role_id": role.id}
                for index, process in enumerate(processes)
                for role in roles[index % 5 :: 5]
            ]
        )
        large, data = queries()
        self.assertEqual((len(data["rows"]), len(data["columns"])), (60, 40))
        self.assertGreater(len(data["cells"]), 400)
        self.assertLessEqual(large, small + 2)

    # === WRITING === #

    def test_set_and_clear(self):
        self.assertEqual(
            self._set((self.process, self.clerk_role, "", "C")), [[self.process.id, self.clerk_role.id, "C", ""]]
        )
        self._set((self.process, self.clerk_role, "C", "RI"))
        self.assertEqual(self._value(self.process, self.clerk_role), "RI")
        self._set((self.process, self.clerk_role, "RI", ""))
        self.assertFalse(self.process.responsibility_ids)

    def test_employee_may_not_write(self):
        for user in (self.clerk_user, self.users["auditor"], self.users["top_management"]):
            with self.assertRaises(AccessError):
                self._set((self.process, self.clerk_role, "", "C"), user=user)

    def test_second_writer_learns_what_the_first_wrote(self):
        self._set((self.process, self.clerk_role, "", "C"))
        with self.assertRaisesRegex(UserError, r"P-1 .*R-CLERK.*is C now"):
            self._set(
                (self.second, self.lawyer_role, "", "I"), (self.process, self.clerk_role, "", "R"), user="commissioner"
            )
        self.assertEqual(self._value(self.process, self.clerk_role), "C")
        self.assertFalse(self.second.responsibility_ids)

    def test_accountable_letter_is_the_owner(self):
        changed = self._set((self.process, self.clerk_role, "", "A"))
        self.assertEqual(self.process.owner_role_id, self.clerk_role)
        self.assertEqual(
            {tuple(cell) for cell in changed},
            {(self.process.id, self.clerk_role.id, "A", ""), (self.process.id, self.owner.id, "", "")},
        )

    def test_two_accountable_roles_are_impossible(self):
        with self.assertRaisesRegex(UserError, "one accountable"):
            self._set((self.process, self.clerk_role, "", "A"), (self.process, self.lawyer_role, "", "A"))
        self.assertEqual(self.process.owner_role_id, self.owner)

    def test_accountable_role_has_no_second_letter(self):
        with self.assertRaisesRegex(UserError, "second letter"):
            self._set((self.process, self.clerk_role, "", "AC"))
        self._set((self.process, self.clerk_role, "", "AR"))
        self.assertEqual(self._value(self.process, self.clerk_role), "AR")

    def test_process_in_force_keeps_its_owner(self):
        self._set((self.second, self.owner, "A", ""))
        self.assertFalse(self.second.owner_role_id)
        self._approved(self.process)
        with self.assertRaisesRegex(UserError, "another role"):
            self._set((self.process, self.owner, "AR", "R"))

    def test_letters_from_steps_are_told_apart_and_stay(self):
        self._approved(self.process)
        self.assertEqual(self._cells()[self.process.id, self.owner.id], ("AR", "R"))
        with self.assertRaisesRegex(UserError, "“Take in”, “Decide”"):
            self._set((self.process, self.owner, "AR", "A"))
        reason = self._matrix().explain_cell("process", self.process.id, self.owner.id)
        self.assertIn("Take in", reason)
        self.assertEqual(self._matrix().explain_cell("process", self.process.id, self.clerk_role.id), "")

    def test_unknown_letter(self):
        with self.assertRaisesRegex(UserError, "“X” in the set “RACI”. Use one of: A, R, C, I"):
            self._set((self.process, self.clerk_role, "", "X"))

    def test_rows_and_roles_of_another_authority_are_refused(self):
        abroad = {"company_id": self.other_company.id}
        process = self.env["qms.process"].create({"name": "Theirs", "code": "F-1", **abroad})
        role = self.env["qms.role"].create({"name": "Theirs", "code": "F-1", **abroad})
        for change in ((process, self.clerk_role, "", "C"), (self.process, role, "", "C")):
            with self.assertRaisesRegex(UserError, "another authority"):
                self._set(change)

    def test_letters_of_an_older_set_are_shown_and_can_be_replaced(self):
        self._set((self.process, self.clerk_role, "", "C"))
        self.company.qms_letter_set_id = self.env.ref("qms_core.letter_set_card")
        data = self._matrix().get_matrix()
        self.assertEqual({letter["letter"]: letter["chosen"] for letter in data["letters"]}["C"], False)
        self._set((self.process, self.clerk_role, "C", "В"))
        self.assertEqual(self._value(self.process, self.clerk_role), "В")

    def test_export(self):
        self._set((self.process, self.clerk_role, "", "C"))
        export = self._matrix(self.clerk_user).export_matrix("process", {"text": "P-1"})
        self.assertRegex(export["name"], r"^qms-matrix-process-.*\.xlsx$")
        sheet = load_workbook(io.BytesIO(base64.b64decode(export["content"]))).active
        table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
        head, line = table
        self.assertEqual(line[:2], ["P-1", "Process P-1"])
        self.assertEqual(line[head.index("R-CLERK")], "C")
        self.assertEqual(line[head.index("R-OWN")], "A")
