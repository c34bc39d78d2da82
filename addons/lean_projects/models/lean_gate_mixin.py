from odoo import models
from odoo.exceptions import UserError

# What the project card must hold before the first stage is passed.
CARD = (
    "process_id",
    "lean_ground_ids",
    "lean_justification",
    "lean_border_from",
    "lean_border_to",
    "lean_goal",
    "user_id",
    "curator_id",
    "lean_team_ids",
    "date_start",
    "date",
    "lean_target_ids",
)


class LeanGateMixin(models.AbstractModel):
    """What each stage of a lean project needs before it is passed.

    A stage's own check is the method ``_lean_problems_<code of the stage>``; addons extend it with ``super()``.
    """

    _name = "lean.gate.mixin"
    _description = "Gates of Lean Projects"

    def _lean_check_gate(self):
        problems = self._lean_problems()
        if problems:
            head = self.env._("Stage “%s” is not complete yet:", self.lean_stage_id.name)
            raise UserError("\n".join([head, *problems]))

    def _lean_problems(self):
        """Return a sentence for everything that the current stage lacks."""
        self.ensure_one()
        check = getattr(self, f"_lean_problems_{self.lean_stage_code}", None)
        problems = check() if check else []
        # sudo: a task that only its followers see is work of the stage as well.
        tasks = (
            self.env["project.task"]
            .sudo()
            .search([("milestone_id", "in", self._lean_milestone().ids), ("is_closed", "=", False)])
        )
        problems += [self.env._("Task “%s” is not done.", task.name) for task in tasks]
        return problems

    def _lean_problems_analysis(self):
        missing = [self._lean_card_label(name) for name in CARD if not self[name]]
        problems = [self.env._("The project card lacks: %s.", ", ".join(missing))] if missing else []
        unmeasured = self.lean_target_ids.filtered(lambda target: not target.date_before)
        problems += [self.env._("“%s” has no value before the project.", target.name) for target in unmeasured]
        if self.user_id and not self.user_id.has_group("lean_projects.group_lean_leader"):
            problems.append(
                self.env._("%s has no rights as leader of lean projects. Ask an administrator.", self.user_id.name)
            )
        return problems

    def _lean_card_label(self, name):
        """Return what a field of the card is called on a lean project; Odoo calls some of them otherwise."""
        labels = {"user_id": self.env._("Leader"), "date": self.env._("End Date")}
        return labels.get(name) or self._fields[name]._description_string(self.env)

    def _lean_problems_current(self):
        if self.process_id.version_id:
            return []
        return [self.env._("The process has no version in force that describes it as it is.")]

    def _lean_problems_target(self):
        problems = []
        if not self._lean_target_version():
            problems.append(self.env._("The target process is not drafted."))
        roadmap = self.milestone_ids.filtered(lambda milestone: milestone.lean_stage_id.code == "roadmap")
        if not roadmap.task_ids:
            problems.append(self.env._("The road map has no task: plan tasks for the milestone “%s”.", roadmap.name))
        return problems

    def _lean_problems_standardisation(self):
        open_targets = self.lean_target_ids.filtered(lambda target: not target.date_after)
        return [self.env._("“%s” has no value after the project.", target.name) for target in open_targets]
