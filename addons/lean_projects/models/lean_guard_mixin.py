from odoo import api, models
from odoo.exceptions import UserError

# The identity of an object can't be sent over RPC, so no client can pretend to be one of our methods.
_PASSING = object()


class LeanGuardMixin(models.AbstractModel):
    """Fields on Odoo's own models that only our methods change, whoever writes: button, import or RPC.

    ``qms.frozen.mixin`` does this for models with a ``state`` of their own; projects and milestones have
    none, and ordinary ones of them must stay as free as Odoo made them.
    """

    _name = "lean.guard.mixin"
    _description = "Record with fields that only methods change"

    # Refused in `create`, too; a model adds per record in `_lean_fixed_fields` what is fixed once it exists.
    _lean_guarded = frozenset()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._lean_passing():
            defaults = {f"default_{name}" for name in self._lean_guarded}
            context = {key: value for key, value in self.env.context.items() if key not in defaults}
            self = self.with_context(context)  # noqa: PLW0642 as core does
            names = {name for vals in vals_list for name in self._lean_guarded if vals.get(name)}
            if names:
                raise UserError(self._lean_fixed_message(names))
        return super().create(vals_list)

    def write(self, vals):
        if not self._lean_passing():
            for record in self:
                names = {name for name in record._lean_fixed_fields() & set(vals) if record._lean_changes(name, vals)}
                if names:
                    raise UserError(record._lean_fixed_message(names))
        return super().write(vals)

    # === BUSINESS METHODS === #

    def _lean_fixed_fields(self):
        """Hook: return the names of the fields that nobody may edit on this record now."""
        return self._lean_guarded

    def _lean_fixed_message(self, names):
        """Return the sentence that refuses an edit of these fields."""
        labels = sorted(self._fields[name]._description_string(self.env) for name in names)
        return self.env._("%(fields)s can't be edited. Use the buttons of the project.", fields=", ".join(labels))

    def _lean_passing(self):
        return self.env.context.get("lean_passing") is _PASSING

    def _lean_pass(self):
        """Return the records with the guard open; only for methods that have checked who may."""
        return self.with_context(lean_passing=_PASSING)

    def _lean_changes(self, name, vals):
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return bool(vals[name])
        return field.convert_to_cache(vals[name], self) != field.convert_to_cache(self[name], self)
