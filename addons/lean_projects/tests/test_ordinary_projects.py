from odoo.exceptions import AccessError

from .common import LeanCase


class TestOrdinaryProjects(LeanCase):
    def setUp(self):
        super().setUp()
        self.project = (
            self.env["project.project"].with_user(self.admin).create({"name": "Office party", "allow_milestones": True})
        )

    def test_nothing_is_added_to_them(self):
        self.assertFalse(self.project.lean_stage_id)
        self.assertFalse(self.project.milestone_ids)
        self.assertFalse(self.project.task_ids)
        self.assertEqual(self.project.privacy_visibility, "portal", "Odoo's default")
        self.assertFalse(self.project.lean_missing)

    def test_their_stages_and_milestones_move_as_ever(self):
        stages = self.env["project.project.stage"].search([])
        self.project.sudo().stage_id = stages[-1]
        milestone = (
            self.env["project.milestone"]
            .with_user(self.admin)
            .create({"name": "Buffet", "project_id": self.project.id})
        )
        milestone.toggle_is_reached(True)
        self.assertTrue(milestone.is_reached)
        copy = self.project.copy()
        self.assertEqual(copy.milestone_ids.mapped("name"), ["Buffet"])
        milestone.unlink()
        self.project.unlink()
        self.assertFalse(self.project.exists())

    def test_lean_rights_do_not_reach_them(self):
        self.project.user_id = self.leader
        for user in (self.leader, self.curator):
            with self.assertRaises(AccessError):
                self.project.with_user(user).name = "Lean party"

    def test_project_administrators_keep_theirs(self):
        both = self._user("bea_both", "lean_projects.group_lean_leader,project.group_project_manager")
        self.project.with_user(both).name = "Christmas party"
        self.assertEqual(self.project.name, "Christmas party")
