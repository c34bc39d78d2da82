import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib.document import SignatureProblem, matching, read_signature

MOST_BYTES = 1024 * 1024
# States of a version that may be signed.
SIGNED = ("approved", "effective", "superseded")
# The identity of an object can't be sent over RPC, so no client can pretend that a file was checked.
_CHECKED = object()


class QmsDocumentSignature(models.Model):
    """A detached electronic signature of a version, with the hash of what was signed.

    The system checks that it is a signature of just this file; whose certificate it is and whether it is qualified,
    tells the program of the trust service.
    """

    _name = "qms.document.signature"
    _description = "Signature of a Document"
    _order = "version_id, id"
    _check_company_auto = True

    version_id = fields.Many2one("qms.document.version", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    name = fields.Char("File Name", required=True, readonly=True)
    signature = fields.Binary(required=True, readonly=True, attachment=True)
    signed_file = fields.Char(required=True, readonly=True)
    signed_checksum = fields.Char("SHA-256 of What was Signed", required=True, readonly=True)
    signer = fields.Char(readonly=True, help="Whom the certificate in the signature names.")
    date = fields.Datetime("Stored on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Stored by", required=True, readonly=True)
    hash_state = fields.Selection(
        [("matches", "Hash matches"), ("unknown", "Hash algorithm unknown to the system")],
        "Hash",
        required=True,
        readonly=True,
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_checked") is not _CHECKED:
            raise AccessError(self.env._("Signatures are stored by the button of their version, which checks them."))
        return super().create(vals_list)

    def write(self, vals):
        raise AccessError(self.env._("A signature stays as it was stored."))

    def unlink(self):
        raise AccessError(self.env._("A signature stays with its version."))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation != "write":
            return result
        # The file asks its record whether it may be written: it may not.
        return self, lambda: AccessError(self.env._("A signature stays as it was stored."))


class QmsDocumentVersion(models.Model):
    _inherit = "qms.document.version"

    may_sign = fields.Boolean(compute="_compute_may_sign")

    # === COMPUTES === #

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_sign(self):
        for version in self:
            version.may_sign = version.state in SIGNED and version._is_signed_by(self.env.user)

    # === ACTIONS === #

    def action_add_signature(self):
        """Open the dialog that stores a signature file of this version.

        :return: a window action
        """
        self.ensure_one()
        self._check_may_add_signature()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Store a Signature"),
            "res_model": "qms.document.signature.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_version_id": self.id},
        }

    # === BUSINESS METHODS === #

    def _check_may_add_signature(self):
        self._check_state(*SIGNED)
        if not self._is_signed_by(self.env.user):
            raise AccessError(
                self.env._("A signature is stored by who approved the version, or by the coordinator or commissioner.")
            )

    def _is_signed_by(self, user):
        """Tell whether a user stores signatures of the version: who approved it, or who keeps all documents."""
        keepers = ("qms_core.group_coordinator", "qms_core.group_commissioner", "qms_core.group_top_management")
        decided = user in self.approval_ids.decided_by_id | self.approver_id
        return decided or any(user.has_group(group) for group in keepers)

    def _add_signature(self, name, content):
        """Check a signature file against the printed PDF and the files of the version, and store it.

        :param str name: name of the file
        :param bytes content: the file, base64
        :raises AccessError: for who may not
        :raises UserError: for a file that is no detached signature, or one of something else
        """
        self.ensure_one()
        self._check_may_add_signature()
        try:
            raw = base64.b64decode(content)
        except ValueError as error:
            raise UserError(self.env._("This is no electronic signature. Choose the .p7s file.")) from error
        if len(raw) > MOST_BYTES:
            raise UserError(self.env._("A detached signature is a small file. Choose the signature, not the document."))
        try:
            signatures = read_signature(raw)
        except SignatureProblem as problem:
            if problem.kind == "attached":
                raise UserError(
                    self.env._("This signature holds the document inside. Make a detached one, in a file of its own.")
                ) from problem
            raise UserError(self.env._("This is no electronic signature. Choose the .p7s file.")) from problem
        # sudo: files of the version, for who has been let in above
        files = [*self.sudo().pdf_attachment_id, *self.sudo().attachment_ids]
        contents = {file: file.raw or b"" for file in files}
        vals_list = [self._signature_vals(name, content, signature, contents) for signature in signatures]
        # sudo: nobody has create rights on signatures, on purpose
        self.env["qms.document.signature"].sudo().with_context(qms_checked=_CHECKED).create(vals_list)

    def _signature_vals(self, name, content, signature, contents):
        signed = matching(signature, contents) if signature.algorithm else next(iter(contents), None)
        if not signed:
            raise UserError(
                self.env._(
                    "The hash in the signature fits none of the files of this version, so something else was signed. "
                    "Download the printed PDF from here, sign that and store its signature."
                )
            )
        return {
            "version_id": self.id,
            "name": name or "signature.p7s",
            "signature": content,
            "signed_file": signed.name,
            "signed_checksum": hashlib.sha256(contents[signed]).hexdigest(),
            "signer": signature.signer,
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "hash_state": "matches" if signature.algorithm else "unknown",
        }
