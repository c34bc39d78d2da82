from odoo import api, fields, models

from ...lib import docgen
from .qms_document_version import QmsDocumentVersion as Version

# What the making of documents from the model fills in.
MADE = frozenset({"source", "source_digest", "body_digest", "change_html"})
# What a version has in common with the one that it continues.
TAKEN_OVER = ("source", "source_digest", "body_digest")
# The identity of an object can't be sent over RPC, so no client can pretend that a text was made.
_MADE = object()


class QmsDocumentVersion(models.Model):
    """What a version was computed from, and whether somebody edited it since."""

    _inherit = "qms.document.version"
    _by_method = Version._by_method | MADE

    source = fields.Json("Computed from", readonly=True, copy=False)
    source_digest = fields.Char("Digest of the Sources", readonly=True, copy=False)
    body_digest = fields.Char("Digest of the Text", readonly=True, copy=False)
    change_html = fields.Html(
        "What Differs",
        readonly=True,
        copy=False,
        sanitize=False,  # our own tags around escaped texts
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

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_made") is not _MADE:
            vals_list = [{**vals, **dict.fromkeys(MADE, False)} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _numbered(self, vals_list, documents):
        """A version begun by hand comes of the same data as the standing one, whose text it takes over."""
        result = super()._numbered(vals_list, documents)
        if self.env.context.get("qms_made") is _MADE:
            return result
        # sudo: as in _is_as_made
        standing = {document.id: document._standing_version().sudo() for document in documents}
        return [{**vals, **{name: standing[vals["document_id"]][name] for name in TAKEN_OVER}} for vals in result]

    @api.model
    def _born_vals(self):
        return {name: value for name, value in super()._born_vals().items() if name not in MADE}

    # === BUSINESS METHODS === #

    def _is_as_made(self):
        """Tell whether the version is a draft that was computed, not begun by hand, and still says the same."""
        self.ensure_one()
        version = self.sudo()  # sudo: drafts of others are renewed by whoever makes the next versions
        return (
            version.state == "draft"
            and bool(version.body_digest)
            and version.source_digest != version.based_on_id.source_digest
            and docgen.digest(docgen.units(str(version.body or ""))) == version.body_digest
        )

    @api.model
    def _create_made(self, vals_list):
        """Create drafts with what they were computed from."""
        made = self.with_context(qms_made=_MADE, mail_create_nolog=True).create(vals_list)
        return made.with_env(self.env)

    def _take_text(self, text):
        """Give a draft that still says what was computed the text of now.

        :param text: ``Made``
        """
        self.ensure_one()
        version = self.sudo()  # sudo: as in _is_as_made
        reason = self.document_id._reason_of(version, text)
        self._transition({"state": "draft", "reason": reason, **text.vals(version._previous())})

    def _withdraw(self, reason):
        """A document that ended with its version is not compared with the model any more."""
        super()._withdraw(reason)
        if self.document_id.state == "withdrawn":
            self.document_id._forget_outdated()
