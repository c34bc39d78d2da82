from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class QmsFrozenLineMixin(models.AbstractModel):
    """Lines that share the fate of a frozen record: when it is frozen, so are they.

    A concrete model names the field that leads to the record in ``_frozen_parent``; that field must be
    ``ondelete="restrict"`` or the database would delete lines past these gates.
    """

    _name = "qms.frozen.line.mixin"
    _description = "Line of a record with frozen contents"

    _frozen_parent = None

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_parent_open()
        return lines

    def write(self, vals):
        self._check_parent_open()
        result = super().write(vals)
        if self._frozen_parent in vals:
            self._check_parent_open()
        return result

    def unlink(self):
        if not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            self._check_parent_open()
        return super().unlink()

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation == "read" or not self:
            return result
        closed = self._with_frozen_parent()
        if closed:
            return closed, lambda: AccessError(closed.mapped(self._frozen_parent)[:1]._frozen_message())
        return result

    def _with_frozen_parent(self):
        # sudo: whether the parent is frozen must not depend on who asks.
        return self.filtered(lambda line: line.sudo()[self._frozen_parent]._frozen())

    def _check_parent_open(self):
        closed = self._with_frozen_parent()
        if closed:
            parent = closed.sudo().mapped(self._frozen_parent)  # sudo: as in _with_frozen_parent
            raise UserError(parent[:1]._frozen_message())
