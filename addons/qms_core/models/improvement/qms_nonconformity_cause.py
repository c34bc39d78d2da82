from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class QmsNonconformityCause(models.Model):
    """A cause of a nonconformity: an answer to "why".

    The answers form a tree: a cause explains the nonconformity itself or, by ``parent_id``, another cause (the five
    whys). The uppermost causes hang on the bones of the fishbone by their category (Ishikawa).
    """

    _name = "qms.nonconformity.cause"
    _description = "Cause of a Nonconformity"
    _inherit = ["qms.nonconformity.line.mixin"]
    _order = "path, id"
    _check_company_auto = True

    name = fields.Char("Cause", required=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "qms.nonconformity.cause",
        "Explains",
        index=True,
        ondelete="restrict",
        domain="[('nonconformity_id', '=', nonconformity_id)]",
        help="The cause that this one explains; empty when it explains the nonconformity itself.",
    )
    child_ids = fields.One2many("qms.nonconformity.cause", "parent_id", "Explained by")
    category_id = fields.Many2one(
        "qms.cause.category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
        recursive=True,
        check_company=True,
        ondelete="restrict",
        help="The bone of the fishbone. A cause that explains another one belongs to the same.",
    )
    is_root = fields.Boolean(
        "Root Cause", help="It can be changed, and with it changed the nonconformity would not have happened."
    )
    # Sorts a cause below what it explains.
    path = fields.Char(compute="_compute_path", store=True, recursive=True)
    level = fields.Integer("Why No.", compute="_compute_level", help="How many times “why” was asked to find it.")

    # === CONSTRAINTS === #

    @api.constrains("parent_id", "nonconformity_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A cause can't explain itself, not even by way of others. Choose another one to explain.")
            )
        for cause in self:
            if cause.parent_id and cause.parent_id.nonconformity_id != cause.nonconformity_id:
                raise ValidationError(
                    self.env._("“%s” explains a cause of another nonconformity. Choose one of this.", cause.name)
                )

    # === COMPUTES === #

    @api.depends("parent_id.category_id")
    def _compute_category_id(self):
        for cause in self:
            cause.category_id = cause.parent_id.category_id or cause.category_id

    @api.depends("parent_id.path", "sequence")
    def _compute_path(self):
        for cause in self:
            cause.path = f"{cause.parent_id.path or ''}{max(cause.sequence, 0):05d}.{cause._origin.id or 0:010d}/"

    @api.depends("path")
    def _compute_level(self):
        for cause in self:
            cause.level = (cause.path or "").count("/")

    # === CRUD === #

    def unlink(self):
        explained = self.child_ids - self
        if explained:
            raise UserError(
                self.env._(
                    "“%(cause)s” is explained by “%(other)s”. Delete that one first, or let it explain another cause.",
                    cause=explained[0].parent_id.name,
                    other=explained[0].name,
                )
            )
        return super().unlink()

    # === ACTIONS === #

    def action_ask_why(self):
        """Open a dialog for the cause of this cause.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why: %s", self.name),
            "res_model": self._name,
            "views": [(self.env.ref("qms_core.qms_nonconformity_cause_view_form").id, "form")],
            "target": "new",
            "context": {
                "default_nonconformity_id": self.nonconformity_id.id,
                "default_parent_id": self.id,
                "default_category_id": self.category_id.id,
            },
        }
