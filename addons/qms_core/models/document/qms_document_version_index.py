from odoo import api, models

from ...lib import pdf_text


class QmsDocumentVersion(models.Model):
    """Words inside uploaded PDF files are found also where the library that Odoo prefers for it is not installed."""

    _inherit = "qms.document.version"

    # === BUSINESS METHODS === #

    def _own_files(self):
        result = super()._own_files()
        self._index_files(self.sudo().attachment_ids)  # sudo: as below
        return result

    @api.model
    def _index_files(self, files):
        """Keep the words of PDF files beside them, where nothing else has read them.

        :param files: ``ir.attachment`` with superuser rights: nothing of the files themselves changes
        """
        for file in files:
            if file.mimetype == "application/pdf" and (file.index_content or "application") == "application":
                file.index_content = pdf_text.read(file.raw or b"") or file.index_content
