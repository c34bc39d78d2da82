from odoo import models


class QmsDocumentVersion(models.Model):
    """Two versions of a document side by side."""

    _inherit = "qms.document.version"

    def _difference(self, other):
        """Return the text of this version with what differs from another one marked, as HTML.

        :param other: the older version (``qms.document.version``)
        :rtype: markupsafe.Markup
        """
        raise NotImplementedError
