from odoo.exceptions import AccessError

from .common import LEADER, LeanCase


class TestCompanies(LeanCase):
    def test_nothing_leaks_to_another_authority(self):
        project = self._project(**self._card())
        other = self.env["res.company"].create({"name": "Other city"})
        stranger = self._user("sam_stranger", LEADER, other)
        for record in (project, project.lean_target_ids, project.milestone_ids, project.task_ids):
            theirs = record.with_user(stranger)
            self.assertFalse(theirs.search([("id", "in", record.ids)]), record._name)
            with self.assertRaises(AccessError):
                theirs[:1].check_access("read")
        with self.assertRaises(AccessError):
            project.with_user(stranger).action_next_stage()

    def test_stranger_named_as_leader_does_not_pass_the_company_rule(self):
        other = self.env["res.company"].create({"name": "Other city"})
        stranger = self._user("sam_stranger", LEADER, other)
        project = self._project(**self._card())
        project.sudo().user_id = stranger
        with self.assertRaises(AccessError):
            project.with_user(stranger).action_next_stage()
