from odoo import api, fields, models


class QmsProcessStep(models.Model):
    """Which documents are about a step."""

    _inherit = "qms.process.step"

    document_ids = fields.Many2many(
        "qms.document",
        string="Documents of the Register",
        compute="_compute_document_ids",
        compute_sudo=False,
        help="Documents that are linked to this step, as far as you may read them.",
    )

    # === COMPUTES === #

    @api.depends("key", "version_id")
    @api.depends_context("uid")
    def _compute_document_ids(self):
        linked = self.env["qms.document.step"]._of_steps(self)
        for step in self:
            found = linked.get((step.version_id.process_id._origin.id, step.key))
            step.document_ids = found and found.with_env(self.env)
