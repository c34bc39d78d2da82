from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsProcessTransition(models.Model):
    _name = "qms.process.transition"
    _description = "Process Transition"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "version_id, id"
    _frozen_parent = "version_id"

    version_id = fields.Many2one("qms.process.version", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    source_id = fields.Many2one(
        "qms.process.step",
        "From Step",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
    )
    target_id = fields.Many2one(
        "qms.process.step",
        "To Step",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
    )
    label = fields.Char("Condition")
    share = fields.Float("Share (%)", help="How many of a hundred cases take this way out of a decision.")

    _ends = models.UniqueIndex("(source_id, target_id)", "These two steps are connected already.")
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)", "A share must lie between 0 and 100 percent."
    )

    @api.constrains("version_id", "source_id", "target_id")
    def _check_same_version(self):
        for transition in self:
            if transition.version_id != transition.source_id.version_id or (
                transition.version_id != transition.target_id.version_id
            ):
                raise ValidationError(
                    self.env._("A transition connects two steps of its own version. Choose steps of this version.")
                )
