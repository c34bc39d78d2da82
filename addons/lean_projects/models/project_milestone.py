from odoo import fields, models
from odoo.exceptions import UserError


class ProjectMilestone(models.Model):
    _name = "project.milestone"
    _inherit = ["lean.guard.mixin", "project.milestone"]
    _lean_guarded = frozenset({"lean_stage_id", "is_lean_opened"})

    lean_stage_id = fields.Many2one(
        "lean.stage",
        "Stage of the Lean Project",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_lean_opened = fields.Boolean("Stage Begun", readonly=True, copy=False)

    _lean_stage_once = models.UniqueIndex(
        "(project_id, lean_stage_id) WHERE lean_stage_id IS NOT NULL",
        "A lean project has one milestone for each of its stages.",
    )

    # === CRUD === #

    def unlink(self):
        if not self._lean_passing() and self.lean_stage_id:
            raise UserError(self.env._("The milestones of the stages belong to the lean project and can't be deleted."))
        return super().unlink()

    # === BUSINESS METHODS === #

    def _lean_fixed_fields(self):
        names = super()._lean_fixed_fields()
        if self.lean_stage_id:
            names |= {"is_reached", "project_id"}
        if self.lean_stage_id and self.project_id.date_lean_finished:
            names |= {"deadline", "name"}
        return names

    def _lean_fixed_message(self, names):
        if "is_reached" in names:
            return self.env._("The milestone of a stage is reached by passing the stage, on the project itself.")
        return super()._lean_fixed_message(names)
