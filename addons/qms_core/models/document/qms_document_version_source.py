from markupsafe import Markup

from odoo import fields, models

from ...lib import docgen
from .qms_document_version import QmsDocumentVersion as Version


class QmsDocumentVersion(models.Model):
    """What a version was computed from, and whether somebody edited it since."""

    _inherit = "qms.document.version"
    _by_method = Version._by_method | {"source", "source_digest", "body_digest", "change_html"}

    source = fields.Json("Computed from", readonly=True, copy=False)
    source_digest = fields.Char("Digest of the Sources", readonly=True, copy=False)
    body_digest = fields.Char("Digest of the Text", readonly=True, copy=False)
    change_html = fields.Html(
        "What Differs",
        readonly=True,
        copy=False,
        sanitize_overridable=False,
        help="From the version before: what was taken out and what is new.",
    )
    source_html = fields.Html("Sources", compute="_compute_source_html", sanitize=False)

    def _compute_source_html(self):
        for version in self:
            version.source_html = version.source and self.env["ir.qweb"]._render(
                "qms_core.document_sources", {"rows": self._source_rows(version.source)}
            )

    def _source_rows(self, source):
        """Return the sources grouped by what they are: ``[(what, [label])]``."""
        groups = {}
        for model, _key, label, _digest in source:
            groups.setdefault(model, []).append(label)
        return [(self._translated_model(model), labels) for model, labels in groups.items()]

    def _translated_model(self, model):
        # sudo: the name of a model in the user's language; nothing else is read of it.
        return self.env["ir.model"].sudo()._get(model).name or model

    # === BUSINESS METHODS === #

    def _is_as_made(self):
        """Tell whether the version is a draft that still says what was computed."""
        self.ensure_one()
        version = self.sudo()  # sudo: drafts of others are renewed by whoever makes the next versions
        return (
            version.state == "draft"
            and bool(version.body_digest)
            and docgen.digest(docgen.units(str(version.body or ""))) == version.body_digest
        )

    def _take_text(self, text, former, is_new):
        """Note in a draft what it was computed from, and what differs from the version before.

        :param text: ``Made``
        :param former: the version before; for a draft that is renewed, the draft itself
        :param bool is_new: whether the draft was just created with this text
        """
        self.ensure_one()
        before = (self._previous() if not is_new else former or self.browse()).sudo()  # sudo: as in _is_as_made
        vals = {
            "state": "draft",
            "source": text.source,
            "source_digest": text.source_digest,
            "body_digest": text.body_digest,
            "change_html": Markup(docgen.difference(str(before.body), str(text.body))) if before.body else False,
        }
        if not is_new:
            vals |= {"body": text.body, "reason": self.document_id._reason_of(before, text) if before else self.reason}
        self._transition(vals)
        if self.document_id.name != text.title:
            self.document_id._write_by_method({"name": text.title})
