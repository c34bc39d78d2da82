from odoo import api, fields, models


class QmsServiceLineMixin(models.AbstractModel):
    """A line of a service's card with a key, by which workbooks find it again."""

    _name = "qms.service.line.mixin"
    _description = "Line of a Service"
    _order = "service_id, sequence, key, id"
    _check_company_auto = True

    _key_prefix = "l"

    service_id = fields.Many2one("qms.service", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="service_id.company_id", store=True, index=True)
    key = fields.Char(required=True, copy=True, help="Stays when the line is worded anew.")
    sequence = fields.Integer(default=10)

    _key_service = models.UniqueIndex(
        "(service_id, key)", "Another line of this service has this key already. Choose a new key."
    )

    @api.model_create_multi
    def create(self, vals_list):
        used = self._used_keys({vals.get("service_id") for vals in vals_list})
        return super().create([{**vals, "key": vals.get("key") or self._free_key(vals, used)} for vals in vals_list])

    @api.model
    def _used_keys(self, service_ids):
        """Return ``{service id: keys of its lines}``."""
        groups = self._read_group([("service_id", "in", list(service_ids))], ["service_id"], ["key:array_agg"])
        return {service.id: set(keys) for service, keys in groups}

    @api.model
    def _free_key(self, vals, used):
        keys = used.setdefault(vals.get("service_id"), set())
        number = next(number for number in range(1, 10_000) if f"{self._key_prefix}{number:02}" not in keys)
        keys.add(f"{self._key_prefix}{number:02}")
        return f"{self._key_prefix}{number:02}"
