from odoo import api, fields, models
from odoo.fields import Domain


class QmsSharedMixin(models.AbstractModel):
    """Record that another authority may read, and nothing more.

    The record rules say which; here is what else has to hold: what the keeping authority's people write to one
    another about the record stays theirs.
    """

    _name = "qms.shared.mixin"
    _description = "Record that other authorities may read"

    is_foreign = fields.Boolean(
        "Of Another Authority", compute="_compute_is_foreign", search="_search_is_foreign", compute_sudo=True
    )

    @api.depends("company_id")
    @api.depends_context("allowed_company_ids")
    def _compute_is_foreign(self):
        for record in self:
            record.is_foreign = bool(record.company_id) and record.company_id not in self.env.companies

    def _search_is_foreign(self, operator, value):
        if operator != "in":
            return NotImplemented
        foreign = Domain("company_id", "not in", self.env.companies.ids)
        return Domain.OR([foreign if wanted else ~foreign for wanted in value])

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Reading the record is no right to read the discussion of it in the authority that keeps it.
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return {record: "write" if record.is_foreign else operation for record, operation in operations.items()}

    @api.readonly
    def web_read(self, specification):
        """Leave out what a record of another authority is part of there, unless that is shared as well.

        Odoo would tell its name, and offer a way up to it that leads nowhere.
        """
        rows = super().web_read(specification)
        if self._parent_name in specification:
            wholes = self.filtered("is_foreign")[self._parent_name]
            hidden = set((wholes - wholes._filtered_access("read")).ids)
            for row in rows:
                whole = row[self._parent_name]
                if (whole["id"] if isinstance(whole, dict) else whole) in hidden:
                    row[self._parent_name] = False
        return rows

    @api.model
    def hierarchy_read(self, domain, specification, parent_field, child_field=None, order=None):
        """Show a record of another authority without what it is part of there, which may not be shared.

        Odoo asks for the records without parent, and adds the parent of a single record: where a parent can't be read,
        the first leaves the record out and the second fails. Here its tree begins with the record.
        """
        readable = self._search([])
        domain = Domain(domain).map_conditions(
            lambda leaf: Domain(parent_field, "not in", readable) if self._asks_for_top(leaf, parent_field) else leaf
        )
        found = self.search(domain, limit=2)
        parent = found[parent_field] if len(found) == 1 else found.browse()
        if parent and not parent.has_access("read"):
            parts = self.search([(parent_field, "=", found.id)], order=order)
            return (found + parts).web_read({parent_field: {"fields": {"display_name": {}}}, **specification})
        return super().hierarchy_read(domain, specification, parent_field, child_field, order)

    @api.model
    def _asks_for_top(self, leaf, parent_field):
        return (
            leaf.field_expr == parent_field and leaf.operator in ("=", "in") and leaf.value in (False, [False], {False})
        )
