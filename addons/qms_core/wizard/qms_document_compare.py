from markupsafe import Markup

from odoo import api, fields, models


class QmsDocumentCompare(models.TransientModel):
    """Two versions of a document side by side, for everyone who may read both."""

    _name = "qms.document.compare"
    _description = "Comparison of Document Versions"

    version_id = fields.Many2one("qms.document.version", "New", required=True, ondelete="cascade")
    document_id = fields.Many2one(related="version_id.document_id", related_sudo=False)
    other_id = fields.Many2one(
        "qms.document.version",
        "Old",
        compute="_compute_other_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        ondelete="cascade",
        domain="[('document_id', '=', document_id), ('id', '!=', version_id)]",
    )
    # Made of our own tags, every text escaped; sanitizing would drop the marks.
    content = fields.Html(compute="_compute_content", sanitize=False)

    # === COMPUTES === #

    @api.depends("version_id")
    def _compute_other_id(self):
        for wizard in self:
            wizard.other_id = wizard.version_id._compared_with() if wizard.version_id else False

    @api.depends("version_id", "other_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for wizard in self:
            if not (wizard.version_id and wizard.other_id):
                wizard.content = False
                continue
            same = Markup("<p class='text-muted'>%s</p>") % self.env._("Both versions read the same.")
            # The dialog belongs to the user, the versions in it need not: each is read with his own rights.
            text = wizard.version_id._difference(wizard.other_id) or same
            wizard.content = Markup("<div class='o_qms_comparison'>%s</div>") % text

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_versions()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_versions()
        return result

    def _check_versions(self):
        # The names of records that a dialog points to are shown to whoever may read the dialog.
        (self.version_id | self.other_id).check_access("read")
