from typing import NamedTuple

from odoo import api, models

from ...lib import goal_tree


class GoalRow(NamedTuple):
    """A row of the printed tree; ``level`` 0 is the top."""

    goal: models.BaseModel
    level: int


class QmsGoal(models.Model):
    """The goal tree on paper."""

    _inherit = "qms.goal"

    # === ACTIONS === #

    def action_print_tree(self):
        """Print the tree of these goals, or without any that of the whole authority."""
        report = self.env.ref("qms_core.action_report_goal_tree")
        if self:
            return self.env.ref("qms_core.action_report_goal").report_action(self, config=False)
        return report.report_action(self.env.company, config=False)

    # === BUSINESS METHODS === #

    def _tree_rows(self):
        """Return these goals and all below them as rows of the printed tree; the queries don't depend on how many."""
        return self._rows(self.search([("id", "child_of", self.ids)]))

    @api.model
    def _authority_rows(self, company):
        """Return the goals of an authority as rows of the printed tree, with those of others they contribute to.

        :param company: ``res.company``
        """
        return self._rows(self.search(self._of_authority(company)))

    @api.model
    def _rows(self, goals):
        goals.indicator_ids.mapped("status")  # judged all at once, not goal by goal
        order = goal_tree.ordered({goal.id: goal.parent_id.id for goal in goals})
        return [GoalRow(goals.browse(goal_id).with_prefetch(goals.ids), level) for goal_id, level in order]

    def _print_indicators(self):
        """Return how the goal is measured: ``[(name, target with unit, last value with unit)]``."""
        self.ensure_one()
        if self.is_foreign:
            return []  # another authority's indicators are its own
        return [
            (
                indicator.name,
                indicator._print_value(indicator.target),
                indicator._print_value(indicator.last_value) if indicator.status != "none" else "—",
            )
            for indicator in self.indicator_ids
        ]
