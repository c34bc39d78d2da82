from odoo import models

from ...lib import pdf_text


class QmsDocumentVersion(models.Model):
    """Words inside uploaded PDF files are found also where the library that Odoo prefers for it is not installed."""

    _inherit = "qms.document.version"

    # === BUSINESS METHODS === #

    def _own_files(self):
        result = super()._own_files()
        # sudo: the words are kept beside the file for searching; nothing of the file changes.
        for file in self.sudo().attachment_ids:
            if file.mimetype == "application/pdf" and (file.index_content or "application") == "application":
                file.index_content = pdf_text.read(file.raw or b"") or file.index_content
        return result
