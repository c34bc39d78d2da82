from odoo import fields, models
from odoo.exceptions import UserError


class QmsDocumentSignatureWizard(models.TransientModel):
    """Store a detached electronic signature of a version: a file such as .p7s made by a program of its own."""

    _name = "qms.document.signature.wizard"
    _description = "Store a Signature"

    version_id = fields.Many2one("qms.document.version", required=True, readonly=True, ondelete="cascade")
    signature = fields.Binary("Signature File", attachment=False)
    name = fields.Char("File Name")

    def action_confirm(self):
        """Check the file against what was signed, and store it."""
        self.ensure_one()
        if not self.signature:
            raise UserError(self.env._("Choose the signature file first."))
        self.version_id._add_signature(self.name, self.signature)
        return {"type": "ir.actions.act_window_close"}
