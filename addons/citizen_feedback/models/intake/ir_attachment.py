from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # === BUSINESS METHODS === #

    @api.model
    def _from_visitor(self):
        """Return this model for files that strangers send: they are stored as they are.

        No parser of documents and no decoder of pictures touches them within the visitor's request: a file made for
        it would keep the server busy for minutes.
        """
        return self.with_context(feedback_from_visitor=True, image_no_postprocess=True)

    def _index(self, bin_data, file_type, checksum=None):
        if self.env.context.get("feedback_from_visitor"):
            return None
        return super()._index(bin_data, file_type, checksum=checksum)
