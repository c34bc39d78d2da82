from odoo import models


class QmsDocumentVersion(models.Model):
    """Files of a version: what may be uploaded, whose they are, the printed PDF and its copies."""

    _inherit = "qms.document.version"

    def _own_files(self):
        """Bind uploaded files to their version: read by who reads it, unchanged once it is approved."""
