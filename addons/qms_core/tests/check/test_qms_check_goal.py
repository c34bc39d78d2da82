from datetime import timedelta

from dateutil.relativedelta import relativedelta

from .check_common import CheckCase


class TestGoalChecks(CheckCase):
    def _goal(self, code, **vals):
        return self.env["qms.goal"].create({"code": code, "name": f"Goal {code}", **vals})

    def test_goal_without_indicator(self):
        whole = self._goal("1")
        part = self._goal("1.1", parent_id=whole.id)
        self.assertEqual(self._hits("goal_unmeasured"), {(part.display_name, "")})
        part.indicator_ids = self.env["qms.indicator"].create({"name": "Term", "code": "I-1"})
        self.assertFalse(self._hits("goal_unmeasured"), "The whole is measured by its parts.")

    def test_goal_without_responsible(self):
        owner = self.env["qms.role"].search([("code", "=", "R-OWN"), ("company_id", "=", self.company.id)])
        goal, _answered = self._goal("1"), self._goal("2", owner_role_id=owner.id)
        self.assertEqual(self._hits("goal_without_owner"), {(goal.display_name, "")})
        (goal + _answered)._transition({"state": "closed"})
        self.assertFalse(self._hits("goal_without_owner") | self._hits("goal_unmeasured"), "What is closed is done.")

    def test_policy_not_reviewed(self):
        policy = self.env["qms.policy"].create({"mission": "To serve"})
        policy._transition({"state": "approved", "reviewed_on": self.today - relativedelta(years=1)})
        self.assertFalse(self._hits("policy_outdated"))
        policy._transition(
            {"state": "approved", "reviewed_on": self.today - relativedelta(years=1) - timedelta(days=1)}
        )
        self.assertEqual(self._hits("policy_outdated"), {(policy.display_name, "")})

    def test_hit_leads_to_the_goal(self):
        goal = self._goal("1")
        issue = self._issue("goal_unmeasured")
        self.assertEqual((issue.origin_model, issue.origin_id), ("qms.goal", goal.id))
