from odoo.tests import Form

from .common import LeanCase


class TestQmsProcess(LeanCase):
    def test_project_started_on_a_process(self):
        action = self.process.with_user(self.leader).action_start_lean_project()
        with Form(self.env[action["res_model"]].with_user(self.leader).with_context(**action["context"])) as form:
            form.name = "Green corridor"
        project = form.record
        self.assertEqual((project.process_id, project.user_id), (self.process, self.leader))
        self.assertEqual(len(project.milestone_ids), 7)
        self.assertEqual(self.process.lean_project_count, 1)
        shown = self.process.action_view_lean_projects()
        self.assertEqual(self.env["project.project"].search(shown["domain"]), project)
