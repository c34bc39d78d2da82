from odoo import api, fields, models


class QmsNonconformityLineMixin(models.AbstractModel):
    """Line of a nonconformity: who answers for the nonconformity writes it, until the nonconformity is closed."""

    _name = "qms.nonconformity.line.mixin"
    _description = "Line of a nonconformity"
    _inherit = ["qms.frozen.line.mixin"]
    _frozen_parent = "nonconformity_id"

    nonconformity_id = fields.Many2one("qms.nonconformity", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="nonconformity_id.company_id", store=True, index=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_writer()
        return lines

    def write(self, vals):
        self._check_writer()
        result = super().write(vals)
        if "nonconformity_id" in vals:
            self._check_writer()
        return result

    def unlink(self):
        self._check_writer()
        return super().unlink()

    # === ACCESS === #

    def _check_writer(self):
        if not self.env.su:
            for nonconformity in self.nonconformity_id:
                nonconformity._check_answers()
