from markupsafe import Markup

from odoo import models

from ...lib import compare, docgen


class QmsDocumentVersion(models.Model):
    """Two versions of a document side by side."""

    _inherit = "qms.document.version"

    # === ACTIONS === #

    def action_compare(self):
        """Open the comparison of this version with the one before it; any other can be chosen there.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Changed"),
            "res_model": "qms.document.compare",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_version_id": self.id, "dialog_size": "extra-large"},
        }

    # === BUSINESS METHODS === #

    def _compared_with(self):
        """Return the version that this one is compared with unless somebody chooses another."""
        self.ensure_one()
        others = self.document_id.version_ids - self
        return self._previous() or (self.document_id.version_id - self) or others[:1]

    def _difference(self, other):
        """Return what differs between another version and this one, as HTML: removed struck out, added underlined.

        :param other: the older version (``qms.document.version``), or an empty one
        :return: empty if they read the same
        :rtype: markupsafe.Markup
        """
        self.ensure_one()
        (self | other).check_access("read")
        rows = [
            Markup("<tr><th>%s</th><td>%s</td><td>%s</td></tr>") % (label, *self._marked(old, new))
            for label, old, new in self._compared_fields(other)
            if old != new
        ]
        table = Markup("<table class='table table-sm'>%s</table>") % Markup().join(rows) if rows else Markup()
        # Our own tags only: the engine escapes every text.
        return table + Markup(docgen.difference(str(other.body or ""), str(self.body or "")))

    def _compared_fields(self, other):
        """Return ``[(label, before, after)]`` of what is beside the text."""

        def files(version):
            return "\n".join(f"{file.name} (SHA-256 {digest[:12]}…)" for file, digest in version._file_digests())

        def titled(version):
            return (version.document_name or version.document_id.name) if version else ""

        label = self._fields["document_name"]._description_string(self.env)
        return [
            (label, titled(other), titled(self)),
            (self.env._("Files"), files(other) if other else "", files(self)),
        ]

    def _marked(self, old, new):
        tags = (Markup("<del>%s</del>"), Markup("<ins>%s</ins>"))
        return [
            Markup().join(tag % piece if changed else Markup("%s") % piece for piece, changed in pieces)
            for tag, pieces in zip(tags, compare.changed_words(old, new), strict=True)
        ]
