from odoo import fields, models


class QmsDocumentSignature(models.Model):
    """A detached electronic signature of a version, with the hash of what was signed."""

    _name = "qms.document.signature"
    _description = "Signature of a Document"
    _order = "version_id, id"
    _check_company_auto = True

    version_id = fields.Many2one("qms.document.version", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    name = fields.Char("File Name", required=True, readonly=True)
    signature = fields.Binary(required=True, readonly=True, attachment=True)
    signed_file = fields.Char("Signed File", required=True, readonly=True)
    signed_checksum = fields.Char("SHA-256 of What was Signed", required=True, readonly=True)
    signer = fields.Char(readonly=True, help="Whom the certificate in the signature names.")
    date = fields.Datetime("Stored on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Stored by", required=True, readonly=True)
    hash_state = fields.Selection(
        [("matches", "Hash matches"), ("unknown", "Hash algorithm unknown to the system")],
        required=True,
        readonly=True,
    )
