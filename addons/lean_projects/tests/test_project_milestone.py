from odoo.exceptions import UserError

from .common import LeanCase


class TestProjectMilestone(LeanCase):
    def setUp(self):
        super().setUp()
        self.project = self._project()
        self.milestone = self.project._lean_milestone()

    def test_stage_milestone_is_reached_by_its_stage_only(self):
        with self.assertRaisesRegex(UserError, "passing the stage"):
            self.milestone.with_user(self.member).toggle_is_reached(True)
        self.assertFalse(self.milestone.is_reached)

    def test_stage_milestone_stays(self):
        with self.assertRaises(UserError):
            self.milestone.with_user(self.leader).unlink()
        with self.assertRaises(UserError):
            self.milestone.with_user(self.leader).project_id = self.env["project.project"].create({"name": "Other"})

    def test_no_second_milestone_for_a_stage(self):
        with self.assertRaises(UserError):
            self.env["project.milestone"].with_user(self.leader).create(
                {"name": "Again", "project_id": self.project.id, "lean_stage_id": self._stage("analysis").id}
            )

    def test_its_date_can_be_moved(self):
        self.milestone.with_user(self.leader).deadline = "2026-12-01"
        self.assertEqual(str(self.milestone.deadline), "2026-12-01")

    def test_own_milestones_of_a_lean_project_are_free(self):
        own = (
            self.env["project.milestone"].with_user(self.member).create({"name": "Fair", "project_id": self.project.id})
        )
        own.is_reached = True
        self.assertTrue(own.reached_date)
        own.unlink()
        self.assertEqual(len(self.project.milestone_ids), 7)
