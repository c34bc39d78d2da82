from odoo.addons.qms_core.models.kernel.qms_demo import QmsDemo

from ..common import QmsCase

PROCESS = "P-2.04"


class TestQmsDemoToBe(QmsCase):
    """The green corridor of the demo city: before and after, out of the city's own files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.env["qms.demo"]
        steps = cls._of_process("steps")
        cls._make_performers(steps + cls.demo._folder_table("green_corridor/steps"))
        cls.process = cls._process(PROCESS)
        cls.before = cls.env["qms.process.version"].create({"process_id": cls.process.id, "purpose": "To allot land"})
        cls.demo._load_steps(cls.before, steps, cls._of_process("transitions"))
        cls.before.with_user(cls.users["coordinator"]).action_submit()
        cls.before.with_user(cls.users["commissioner"]).action_approve()
        cls.after = cls._proposed()

    @classmethod
    def _of_process(cls, name):
        return [row for row in cls.demo._folder_table(name) if row["process"] == PROCESS]

    @classmethod
    def _make_performers(cls, steps):
        kinds = {row["code"]: row["kind"] for row in cls.demo._folder_table("roles")}
        for code in sorted({row["role"] for row in steps}):
            cls._role(code, kind=kinds[code])
        for code in sorted({row["unit"] for row in steps if row["unit"]}):
            cls.env["hr.department"].create({"name": code, "qms_code": code, "company_id": cls.company.id})

    @classmethod
    def _proposed(cls):
        """Play the scenario with the coordinator of this test in the place of the city's."""
        cls.classPatch(QmsDemo, "_user", lambda demo, login: cls.users[login])
        return cls.demo._play_to_be().with_env(cls.env)

    def test_proposal_waits_for_another_person(self):
        self.assertEqual((self.after.state, self.after.variant), ("review", "to_be"))
        self.assertEqual(self.after.author_id, self.users["coordinator"])
        self.assertEqual(self.process.version_id, self.before, "What is proposed is not done yet.")
        activities = self.after.activity_ids.mapped("user_id")
        self.assertIn(self.users["commissioner"], activities)

    def test_one_window_and_no_repeated_approval(self):
        before, after = self.before, self.after
        self.assertLess(after.lead_hours, before.lead_hours * 0.6)
        self.assertLess(after.approval_count, before.approval_count - 0.5, "One visa for both decisions.")
        self.assertLess(after.applicant_contact_count, before.applicant_contact_count)
        self.assertAlmostEqual(after.applicant_contact_count, 2, msg="One window: he comes, and he is answered.")
        self.assertLess(after.handover_count, before.handover_count)
        self.assertLess(after.unit_handover_count, before.unit_handover_count)
        self.assertFalse(after.figures_remark)

    def test_compared_side_by_side(self):
        wizard = (
            self.env["qms.process.compare"].with_user(self.users["coordinator"]).create({"version_id": self.after.id})
        )
        self.assertEqual(wizard.other_id, self.before)
        self.assertIn("Version 2: To be · In review", wizard.content)
        rows = {row["label"]: row for row in wizard._figures()}
        for label in ("Lead Time (h)", "Hand-overs between Roles", "Contacts with the Applicant", "Approvals"):
            self.assertTrue(rows[label]["change"].startswith("-"), label)
        sections = {section["name"]: section["counts"] for section in wizard._sections()}
        self.assertEqual(sections["steps"]["removed"], 3, "The first decision, its draft and its visa are gone.")
        self.assertEqual(sections["steps"]["added"], 1)
