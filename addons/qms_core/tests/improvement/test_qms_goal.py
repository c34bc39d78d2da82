from odoo.exceptions import UserError

from ..goal.test_qms_need import NeedCase


class TestQmsGoalInImprovement(NeedCase):
    def test_risks_of_a_goal(self):
        goal = self._goal("1", department_id=self.unit.id, process_ids=[(6, 0, self.process.ids)])
        risks = self.env["qms.risk"].with_user(self.users["coordinator"])
        action = goal.with_user(self.users["coordinator"]).action_view_risks()
        risk = risks.with_context(**action["context"]).create({"name": "The register fails"})
        risks.create({"name": "Elsewhere", "process_id": self.process.id})
        self.assertEqual((risk.goal_id, risk.process_id), (goal, self.process))
        self.assertEqual(goal.with_user(self.users["coordinator"]).open_risk_count, 1)
        self.assertEqual(risks.search(action["domain"]), risk)
        self.assertEqual(goal.with_user(self.stranger).open_risk_count, 0, "Who may not read risks counts none.")
        risk._transition({"state": "closed"})
        goal.invalidate_recordset()
        self.assertEqual(goal.with_user(self.users["coordinator"]).open_risk_count, 0)

    def test_goal_of_another_authority_is_not_at_stake(self):
        goal = self.env["qms.goal"].create({"code": "B-1", "name": "There", "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self.env["qms.risk"].create({"name": "Here", "goal_id": goal.id, "company_id": self.company.id})

    def test_needs_become_actions_once(self):
        need = self._need("Water in the hall", decision="action", process_id=self.process.id)
        self.year.action_submit()
        self.year.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual(self.year.accepted_count, 1)
        self.year.action_carry_out()
        action = need.sudo().action_ids
        self.assertEqual((action.name, action.kind, action.state), ("Water in the hall", "improvement", "draft"))
        self.assertEqual((action.responsible_id, action.date_deadline.year), (self.head, self.year.year + 1))
        self.assertEqual((action.process_id, action.department_id), (self.process, self.unit))
        with self.assertRaises(UserError):
            self.year.action_carry_out()
        self.assertEqual(len(need.sudo().action_ids), 1)
