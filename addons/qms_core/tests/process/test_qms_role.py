from odoo.exceptions import AccessError

from ..common import QmsCase


class TestRoleInProcesses(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.owner = cls.process.owner_role_id
        cls.owner._reconcile()
        cls.adviser = cls._role("R-ADVISER")
        consulted = cls.env.ref("qms_core.letter_raci_c")
        cls.env["qms.responsibility"].create(
            {"process_id": cls.process.id, "role_id": cls.adviser.id, "letter_id": consulted.id}
        )

    def _texts(self, role, source):
        return [duty["text"] for duty in role._model_duties() if duty["source"] == source]

    def test_duties_follow_the_version_in_force(self):
        self._draft(self.process)
        self.assertEqual(self._texts(self.owner, "step"), [])
        self.process.version_ids.unlink()
        self._approved(self.process)
        self.assertEqual(self._texts(self.owner, "step"), ["Take in", "Decide"])
        self.assertEqual(self._texts(self.owner, "owner"), ["Process P-1"])
        self.assertEqual(len(self._texts(self.adviser, "letter")), 1)
        self.process.active = False
        self.assertEqual(self.owner._model_duties() + self.adviser._model_duties(), [])

    def test_roles_in_use_without_holder(self):
        self._role("R-UNUSED")
        self.assertEqual(self.env["qms.role"]._roles_without_holder(self.company), self.adviser)
        self.env["qms.role.holder"].create({"role_id": self.adviser.id, "employee_id": self.clerk.id})
        self.assertFalse(self.env["qms.role"]._roles_without_holder(self.company))

    def test_positions_and_people_without_duties(self):
        idle = self._role("R-IDLE")
        self.env["qms.role.holder"].create({"role_id": idle.id, "employee_id": self.clerk.id})
        self.assertEqual(self.env["qms.role"]._positions_without_duties(self.company), idle)
        self.assertEqual((self.head | self.clerk)._without_duties(), self.clerk)
        self.env["qms.duty"].create({"role_id": idle.id, "text": "Serves people"})
        self.assertFalse((self.head | self.clerk)._without_duties())

    def test_filter_of_people_without_duties(self):
        found = self.env["hr.employee"].with_user(self.users["hr"]).search([("qms_without_duties", "=", True)])
        self.assertIn(self.clerk.id, found.ids)
        self.assertNotIn(self.head.id, found.ids)

    # === THE SHEET === #

    def test_own_sheet(self):
        self._approved(self.process)
        action = self.env["hr.employee.public"].with_user(self.head_user).action_my_responsibilities()
        sheet = self.env["hr.employee.public"].with_user(self.head_user).browse(action["res_id"]).qms_sheet_html
        self.assertIn("Take in; Decide", sheet)
        self.assertIn(f"/odoo/qms-processes/{self.process.id}", sheet)

    def test_open_duties_are_not_for_everybody(self):
        self._nonconformity(responsible_id=False)
        sheet = self.env["hr.employee.public"].with_user(self.head_user).browse(self.head.id).qms_sheet_html
        self.assertIn("It went wrong", sheet)
        sheet = self.env["hr.employee.public"].with_user(self.stranger).browse(self.head.id).qms_sheet_html
        self.assertNotIn("It went wrong", sheet)

    def test_hr_sees_the_sheet_on_the_staff_record(self):
        self.assertIn(self.owner.name, self.head.with_user(self.users["hr"]).qms_sheet_html)
        with self.assertRaises(AccessError):
            self.head.with_user(self.clerk_user).read(["qms_sheet_html"])

    def test_user_without_staff_record_is_told(self):
        action = self.env["hr.employee.public"].with_user(self.stranger).action_my_responsibilities()
        self.assertIn("human resources", action["params"]["message"])

    # === LISTS === #

    def test_list_of_gaps(self):
        gaps = self.env["qms.staffing.gap"].with_user(self.users["hr"]).with_company(self.company)
        action = gaps.action_open_list()
        rows = gaps.search(action["domain"])
        pairs = {(row.kind, row.name) for row in rows}
        self.assertIn(("no_holder", "R-ADVISER"), pairs)
        self.assertIn(("alone", "R-OWN"), pairs)
        self.assertIn(("no_position", self.clerk.name), pairs)
        self.assertEqual(rows[0].action_open_record()["res_id"], rows[0].res_id)
        gaps.action_open_list()
        self.assertEqual(len(gaps.search(action["domain"])), len(rows), "counted anew, not added")
        with self.assertRaises(AccessError):
            self.env["qms.staffing.gap"].with_user(self.clerk_user).action_open_list()

    def test_positions_from_staff_records(self):
        job = self.env["hr.job"].create({"name": "Clerk", "company_id": self.company.id, "qms_code": "J-CLERK"})
        (self.clerk | self.officer).job_id = job
        wizard = self.env["qms.position.proposal"].with_user(self.users["hr"]).create({})
        line = wizard.line_ids.filtered(lambda line: line.job_id == job)
        self.assertEqual((line.code, line.kind, line.headcount), ("R-CLERK", "position", 2))
        action = wizard.action_create()
        role = self.env["qms.role"].search(action["domain"])
        self.assertEqual(role._holders(), self.clerk | self.officer)
        self.assertEqual(role.vacancy_count, 0)
        self.assertFalse(self.env["qms.position.proposal"].create({}).line_ids)
