from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Documents that nobody looked at in time, rest on what no longer holds, or that nobody owns."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "document_review_overdue": Check(
                self.env._("Document not reviewed in time"),
                MODERATE,
                self._check_document_review_overdue,
                self.env._("Review the document: record that nothing changes, or begin its next version."),
            ),
            "document_basis_lapsed": Check(
                self.env._("Document whose legal basis lapsed"),
                SERIOUS,
                self._check_document_basis_lapsed,
                self.env._("Say in the next version what takes the place of the act, or withdraw the document."),
            ),
            "document_without_owner": Check(
                self.env._("Document nobody owns"),
                MODERATE,
                self._check_document_without_owner,
                self.env._("Choose the unit and the role that keep the document."),
            ),
        }

    def _check_document_review_overdue(self):
        late = self._own(("state", "=", "effective"), ("date_review", "<", self.env.company._qms_today()))
        documents = self.env["qms.document"].search(late)
        return [
            Hit(document, _lt("It was to be reviewed by %(day)s.", day=document.date_review)) for document in documents
        ]

    def _check_document_basis_lapsed(self):
        documents = self.env["qms.document"].search(
            self._own(("state", "!=", "withdrawn"), ("has_lapsed_basis", "=", True))
        )
        return [Hit(document, _lt("An act that it rests on no longer holds.")) for document in documents]

    def _check_document_without_owner(self):
        documents = self.env["qms.document"].search(
            self._own(
                ("state", "=", "effective"),
                ("kind", "!=", "external"),
                ("owner_role_id", "=", False),
                ("department_id", "=", False),
            )
        )
        return [Hit(document, _lt("Neither a unit nor a role keeps it.")) for document in documents]
