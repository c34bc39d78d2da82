from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...lib.check import MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Duties of all addons: nonconformities, actions and whatever else has a responsible person and a deadline.

    Not every employee may read these records, so the hits name units and people and how many there are; the place opens
    a list in which each reader finds those that he may read. Confidential ones are not even counted.
    """

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "duty_unassigned": Check(
                self.env._("Open duty without responsible person or deadline"),
                MODERATE,
                self._check_duty_unassigned,
                self.env._("Enter who is responsible and until when."),
            ),
            "duty_person_left": Check(
                self.env._("Open duty of a person who left"),
                SERIOUS,
                self._check_duty_person_left,
                self.env._("Hand the duties of the person over: Staffing > Hand-overs."),
            ),
        }

    @api.model
    def _open_duties(self):
        """Return the models of duties that may be counted, each with the domain of those open in the authority."""
        for model in self.env["qms.deadline.mixin"]._duty_models():
            model = self.env[model._name]
            yield model, self._own() & model._duty_open_domain() & ~model._confidential_domain()

    def _check_duty_unassigned(self):
        hits = []
        unassigned = Domain("responsible_id", "=", False) | Domain("date_deadline", "=", False)
        for model, is_open in self._open_duties():
            by_unit = "department_id" in model._fields and model._fields["department_id"].store
            groups = model._read_group(
                is_open & unassigned, ["department_id" if by_unit else "company_id"], ["__count"]
            )
            for place, count in groups:
                hits.append(self._unassigned_hit(model, place if by_unit else None, count, is_open & unassigned))
        return hits

    def _unassigned_hit(self, model, unit, count, domain):
        if unit is not None:
            domain &= Domain("department_id", "=", unit.id)
        return Hit(
            unit or self.env.company,
            _lt(
                "%(kind)s: open records without responsible person or deadline: %(count)s.",
                kind=self._kind_name(model),
                count=count,
            ),
            key=model._name,
            unit=unit,
            place={"res_model": model._name, "domain": list(domain), "views": [[False, "list"], [False, "form"]]},
        )

    def _check_duty_person_left(self):
        counts = Counter()
        for model, is_open in self._open_duties():
            left = Domain("responsible_id.active", "=", False) | Domain(
                "responsible_id.departure_date", "<", self.env.company._qms_today()
            )
            for person, count in model._read_group(is_open & left, ["responsible_id"], ["__count"]):
                counts[person.id] += count
        return [
            Hit(
                person,
                _lt(
                    "%(person)s no longer works here, but answers for open records: %(count)s.",
                    person=person.name,
                    count=counts[person.id],
                ),
            )
            for person in self.env["hr.employee.public"].browse(counts)
        ]

    def _kind_name(self, model):
        return self.env["ir.model"]._get(model._name).name
