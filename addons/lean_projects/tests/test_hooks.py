from odoo.addons.lean_projects.hooks import uninstall_hook

from .common import LeanCase


class TestUninstallHook(LeanCase):
    def test_projects_become_ordinary_ones(self):
        project = self._advance(self._project(**self._card()), "information")
        used = self.env.ref("lean_projects.task_type_todo")
        uninstall_hook(self.env)
        self.assertFalse(project.lean_stage_id)
        self.assertFalse(project.milestone_ids.lean_stage_id)
        self.assertFalse(
            self.env["ir.model.data"].search([("model", "=", "project.task.type"), ("res_id", "=", used.id)]),
            "a task stage in use no longer goes with the addon",
        )
        self.assertEqual(project.type_ids & used, used)
        self.assertEqual(len(project.milestone_ids), 7)
