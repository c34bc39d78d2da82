from odoo import fields, models
from odoo.exceptions import UserError


class ProjectProject(models.Model):
    """The process of a lean project: as it was, and as it will be by a draft that others approve."""

    _inherit = "project.project"

    as_is_version_id = fields.Many2one(
        "qms.process.version", "Process as It Is", readonly=True, copy=False, ondelete="restrict"
    )
    to_be_version_id = fields.Many2one(
        "qms.process.version",
        "Process as It Will Be",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    # === ACTIONS === #

    def action_draft_target_process(self):
        """Open the draft of the target process ("as it will be"), made from the version in force.

        After a rejection the next draft begins as a copy of the one that was rejected.

        :return: a window action
        """
        self.ensure_one()
        if not self._lean_target_version():
            self._lean_check_may_steer()
            if self.lean_stage_code not in ("target", "roadmap", "standardisation"):
                raise UserError(
                    self.env._("The target process is drafted once the problems are known and the solutions chosen.")
                )
            self._lean_write({"to_be_version_id": self._lean_draft_target().id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.process.version",
            "res_id": self.to_be_version_id.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _lean_target_version(self):
        """Return the target process as it was drafted; one that was rejected is to be drafted anew."""
        # sudo: drafts are not for everyone, whether there is one is
        return self.sudo().to_be_version_id.filtered(lambda version: version.state != "rejected").sudo(False)

    def _lean_draft_target(self):
        # sudo: the leader keeps no processes; he gets this one draft, which others approve.
        process, rejected = self.process_id.sudo(), self.sudo().to_be_version_id
        based_on = {"based_on_id": process.version_id.id}
        version = rejected.copy(based_on) if rejected else process._new_version()
        version.write({"variant": "to_be", "reason": self.env._("Lean project “%s”", self.name)})
        return version
