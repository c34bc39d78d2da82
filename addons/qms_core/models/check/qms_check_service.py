from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...lib.check import HINT, MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)
# What an information card has to tell.
CARD_FIELDS = ("legal_basis", "document_ids", "result", "refusal_grounds", "channel_ids", "applicant_category_ids")


class QmsCheck(models.AbstractModel):
    """Public services and what the applicant is told about them."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "service_without_process": Check(
                self.env._("Service without process"),
                SERIOUS,
                self._check_service_without_process,
                self.env._("Choose the process that delivers the service."),
            ),
            "service_without_deadline": Check(
                self.env._("Service without deadline"),
                SERIOUS,
                self._check_service_without_deadline,
                self.env._("Enter the norm that is in force: how long the service may take, and by which act."),
            ),
            "norm_review_overdue": Check(
                self.env._("Norm overdue for its yearly review"),
                MODERATE,
                self._check_norm_review_overdue,
                self.env._("Review the norm and confirm it, or enter the new one."),
            ),
            "service_card_incomplete": Check(
                self.env._("Information card with gaps"),
                MODERATE,
                self._check_service_card_incomplete,
                self.env._("Fill in the card of the service by its regulation."),
            ),
            "promise_unmeasured": Check(
                self.env._("Promise nobody measures"),
                HINT,
                self._check_promise_unmeasured,
                self.env._("Choose the indicator that shows whether the promise is kept."),
            ),
        }

    def _check_service_without_process(self):
        sentence = _lt("It isn't known which process delivers the service.")
        services = self.env["qms.service"].search(self._own(("process_id", "=", False)))
        return [Hit(service, sentence) for service in services]

    def _check_service_without_deadline(self):
        sentence = _lt("No norm in force today sets how long the service may take.")
        services = self.env["qms.service"].search(self._own(("deadline_days", "=", 0)))
        return [Hit(service, sentence) for service in services]

    def _check_norm_review_overdue(self):
        norms = self.env["qms.service.norm"].search(
            self._own(
                ("state", "=", "last"),
                ("service_id.active", "=", True),
                ("date_deadline", "<", self.env.company._qms_today()),
            )
        )
        return [
            Hit(
                norm.service_id,
                _lt("The norm was to be reviewed by %(day)s.", day=norm.date_deadline),
                key=str(norm.valid_from),
                place={"res_model": "qms.service.norm", "res_id": norm.id, "views": [[False, "form"]]},
            )
            for norm in norms
        ]

    def _check_service_card_incomplete(self):
        services = self.env["qms.service"]
        gaps = Domain.OR([(name, "in", (False, ""))] for name in CARD_FIELDS if not services._fields[name].relational)
        gaps |= Domain.OR([(name, "=", False)] for name in CARD_FIELDS if services._fields[name].relational)
        # A fee has to say which act sets it.
        gaps |= Domain("fee", ">", 0) & Domain("fee_basis", "in", (False, ""))
        return [
            Hit(service, _lt("The card doesn't say: %(gaps)s.", gaps=", ".join(self._card_gaps(service))))
            for service in services.search(self._own(gaps))
        ]

    def _card_gaps(self, service):
        labels = service.fields_get([*CARD_FIELDS, "fee_basis"], ["string"])
        names = [name for name in CARD_FIELDS if not service[name]]
        if service.fee > 0 and not service.fee_basis:
            names.append("fee_basis")
        return [labels[name]["string"] for name in names]

    def _check_promise_unmeasured(self):
        # Of services that are measured at all: what is not measured yet is no promise that was forgotten.
        rows = self.env["qms.service.promise"]._read_group(
            self._own(
                ("indicator_id", "=", False),
                ("service_id.active", "=", True),
                ("service_id.indicator_ids", "!=", False),
            ),
            ["service_id"],
            ["__count"],
        )
        return [
            Hit(service, _lt("Promises of the service standard without an indicator: %(count)s.", count=count))
            for service, count in rows
        ]
