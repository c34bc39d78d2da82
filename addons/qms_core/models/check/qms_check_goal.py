from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import MODERATE, Check, Hit
from ..goal.qms_policy import REVIEW_EVERY

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Goals that nobody can reach or measure, and a policy that nobody looks at."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "goal_unmeasured": Check(
                self.env._("Goal without indicator"),
                MODERATE,
                self._check_goal_unmeasured,
                self.env._("Name the indicator by which one sees that the goal is reached, or break it down."),
            ),
            "goal_without_owner": Check(
                self.env._("Goal nobody answers for"),
                MODERATE,
                self._check_goal_without_owner,
                self.env._("Choose the role that answers for reaching the goal."),
            ),
            "policy_outdated": Check(
                self.env._("Policy not reviewed for a year"),
                MODERATE,
                self._check_policy_outdated,
                self.env._("Look at the policy: note that it still holds, or approve the next edition."),
            ),
        }

    def _check_goal_unmeasured(self):
        goals = self.env["qms.goal"].search(
            self._own(("state", "!=", "closed"), ("indicator_ids", "=", False), ("child_ids", "=", False))
        )
        return [Hit(goal, _lt("No indicator and no goal below it tells whether it is reached.")) for goal in goals]

    def _check_goal_without_owner(self):
        goals = self.env["qms.goal"].search(self._own(("state", "!=", "closed"), ("owner_role_id", "=", False)))
        return [Hit(goal, _lt("No role answers for reaching the goal.")) for goal in goals]

    def _check_policy_outdated(self):
        last_year = self.env.company._qms_today() - REVIEW_EVERY
        policies = self.env["qms.policy"].search(self._own(("state", "=", "approved"), ("reviewed_on", "<", last_year)))
        return [Hit(policy, _lt("It was reviewed last on %(day)s.", day=policy.reviewed_on)) for policy in policies]
