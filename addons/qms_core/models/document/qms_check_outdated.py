from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Documents in force that are older than the model."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "document_outdated": Check(
                self.env._("Document older than the model"),
                SERIOUS,
                self._check_document_outdated,
                self.env._("Draft the next version from the model and have it approved."),
            ),
        }

    def _check_document_outdated(self):
        documents = self.env["qms.document"].search(self._own(("state", "=", "effective"), ("is_outdated", "=", True)))
        return [
            Hit(document, _lt("Since %(day)s the model says something else.", day=document.outdated_since))
            for document in documents
        ]
