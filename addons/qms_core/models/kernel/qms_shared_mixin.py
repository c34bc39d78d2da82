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
