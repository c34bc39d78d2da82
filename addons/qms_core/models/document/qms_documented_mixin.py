from odoo import api, fields, models
from odoo.fields import Domain


class QmsDocumentedMixin(models.AbstractModel):
    """What documents are about: from it, one gets to those that name it, and to those that are made of it."""

    _name = "qms.documented.mixin"
    _description = "Record that documents are about"

    _documents_field = None  # of ``qms.document``, by which documents name such records

    related_document_count = fields.Integer("Documents", compute="_compute_related_document_count", compute_sudo=False)

    # === COMPUTES === #

    @api.depends_context("uid")
    def _compute_related_document_count(self):
        for record in self:
            record.related_document_count = self.env["qms.document"].search_count(record._documents_domain())

    # === ACTIONS === #

    def action_view_documents(self):
        """Open the documents about this record that the user may read.

        :return: a window action
        """
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_document_action"),
            "domain": list(self._documents_domain()),
            "context": {f"default_{self._documents_field}": [(6, 0, self.ids)]},
        }

    # === BUSINESS METHODS === #

    def _documents_domain(self):
        """Return the domain of the documents that name one of these records, or are made of one."""
        ids = self._origin.ids
        made = Domain("subject_model", "=", self._name) & Domain("subject_id", "in", ids)
        return made | Domain(self._documents_field, "in", ids)
