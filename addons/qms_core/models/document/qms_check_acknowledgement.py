from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Documents in force that people bound by them have not confirmed in time, and those that bind nobody.

    Not every employee may read each document, so the hits name units and how many people there are.
    """

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "acknowledgement_late": Check(
                self.env._("Documents in force that people have not confirmed in time"),
                SERIOUS,
                self._check_acknowledgement_late,
                self.env._("Have the people read and confirm, or the sheets signed: Documents > Acknowledgements."),
            ),
            "document_binds_nobody": Check(
                self.env._("Document to be acknowledged that binds nobody"),
                MODERATE,
                self._check_document_binds_nobody,
                self.env._("Name whom it is distributed to, its processes, or that it binds everybody."),
            ),
        }

    def _check_acknowledgement_late(self):
        late = self._own(("state", "=", "open"), ("date_deadline", "<", self.env.company._qms_today()))
        groups = self.env["qms.acknowledgement"]._read_group(late, ["department_id"], ["__count"])
        return [
            Hit(
                unit or self.env.company,
                _lt("Confirmations that are late: %(count)s.", count=count),
                unit=unit,
                place={
                    "res_model": "qms.acknowledgement",
                    "domain": [("is_late", "=", True), ("department_id", "=", unit.id)],
                    "views": [[False, "list"], [False, "form"]],
                },
            )
            for unit, count in groups
        ]

    def _check_document_binds_nobody(self):
        documents = self.env["qms.document"].search(
            self._own(("state", "=", "effective"), ("type_id.acknowledge", "=", True))
        )
        people = documents._to_acknowledge()._bound_people()
        # The names of restricted documents are not for everybody.
        lonely = documents.filtered(
            lambda document: document.confidentiality != "restricted" and people.get(document.id) == set()
        )
        return [Hit(document, _lt("Nobody is asked to read and confirm it.")) for document in lonely]
