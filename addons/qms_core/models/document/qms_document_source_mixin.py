from odoo import api, models

# Kept for the time of a transaction: records of the model that changed, and whether any document is made from it.
TOUCHED = "qms.document.touched"
ANY_MADE = "qms.document.any_made"


class QmsDocumentSourceMixin(models.AbstractModel):
    """A record of the model that documents are computed from: who changes it has them compared with the model.

    A concrete model says which fields count and whose documents they are in.
    """

    _name = "qms.document.source.mixin"
    _description = "What documents are computed from"

    # Fields that stand in documents; empty: each change counts.
    _document_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._touch_documents()
        return records

    def write(self, vals):
        counts = not self._document_fields or self._document_fields & set(vals)
        if counts:
            self._touch_documents()
        result = super().write(vals)
        if counts:
            self._touch_documents()
        return result

    def unlink(self):
        self._touch_documents()
        return super().unlink()

    def _touch_documents(self):
        documents = self.env["qms.document"]
        if not documents._any_made():
            return
        for subjects in self._document_subjects():
            if subjects:
                documents._touch(subjects)

    def _document_subjects(self):
        """Hook: return recordsets whose documents may say something else now."""
        return [self]
