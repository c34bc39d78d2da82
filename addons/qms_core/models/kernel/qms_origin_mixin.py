from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import sql

ORIGIN = ("origin_model", "origin_id", "origin_label")


class _Named(str):
    """The model of an origin as ``_origin_vals`` names it. Over RPC come plain strings only."""

    __slots__ = ()


class QmsOriginMixin(models.AbstractModel):
    """Where a record came from: any record of any addon, without depending on that addon.

    The label stays readable when the origin is deleted or its addon uninstalled. Records that must not be
    traced back (confidential reports) are never given as an origin.
    """

    _name = "qms.origin.mixin"
    _description = "Record raised by another record"

    origin_model = fields.Char(readonly=True, copy=False)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True, copy=False)
    origin_label = fields.Char("Raised by", readonly=True, copy=False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Named explicitly, so that no default from a client's context slips in.
        return super().create([{**vals, **self._given_origin(vals)} for vals in vals_list])

    def write(self, vals):
        if not self.env.su and any(name in vals for name in ORIGIN):
            raise AccessError(self.env._("Where a record came from is noted when it is made, and stays."))
        return super().write(vals)

    # === BUSINESS METHODS === #

    @api.model
    def _given_origin(self, vals):
        """Return the origin that values name, if the system named it; nobody types it in."""
        if not (self.env.su or isinstance(vals.get("origin_model"), _Named)):
            return dict.fromkeys(ORIGIN, False)
        return {name: str(value) if isinstance(value := vals.get(name, False), _Named) else value for name in ORIGIN}

    @api.model
    def _origin_vals(self, record):
        """Return the values that name a record as the origin, for the creation of another one."""
        return {"origin_model": _Named(record._name), "origin_id": record.id, "origin_label": record.display_name}

    @api.model
    def _forget_models(self, model_names):
        """Cut the links to models that are about to disappear; labels stay.

        A Many2oneReference to a model that is not in the registry makes every read of it fail.
        """
        for model in self.env.values():
            if model._abstract or not model._auto or "origin_label" not in model._fields:
                continue
            if not isinstance(model, self.env.registry["qms.origin.mixin"]):
                continue
            # A model of the addon that leaves has lost its fields before the model goes.
            if not sql.column_exists(self.env.cr, model._table, "origin_model"):
                continue
            # sudo: uninstalling concerns all companies, frozen records included.
            orphans = model.sudo().with_context(active_test=False).search([("origin_model", "in", model_names)])
            orphans._forget_origin()

    def _forget_origin(self):
        # Past `write`: a closed nonconformity must forget a vanished model as well.
        models.Model.write(self, {"origin_model": False, "origin_id": False})

    def action_open_origin(self):
        """Open the record that raised this one.

        :return: a window action, or False when the origin is gone
        """
        self.ensure_one()
        origin = self.origin_model in self.env and self.env[self.origin_model].browse(self.origin_id).exists()
        return bool(origin) and {
            "type": "ir.actions.act_window",
            "res_model": origin._name,
            "res_id": origin.id,
            "views": [(False, "form")],
        }
