from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...lib.check import MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Registers that prove nothing: entries nobody reviews, registers that are empty though a requirement needs them.

    Not every employee may read entries, so the hits name registers and units and how many there are.
    """

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "register_overdue": Check(
                self.env._("Register entry overdue for review or no longer valid"),
                MODERATE,
                self._check_register_overdue,
                self.env._("Review the entries and enter how long they are valid, or close what is no longer used."),
            ),
            "register_empty": Check(
                self.env._("Register empty though its requirement applies"),
                SERIOUS,
                self._check_register_empty,
                self.env._("Enter what the register is for, with evidence, or archive it if nothing needs it."),
            ),
        }

    def _check_register_overdue(self):
        today = self.env.company._qms_today()
        over = ["|", ("date_deadline", "<", str(today)), ("date_valid_to", "<", str(today))]
        overdue = self._own(("state", "=", "current"), ("register_id.active", "=", True)) & Domain(over)
        groups = self.env["qms.register.entry"]._read_group(overdue, ["register_id", "department_id"], ["__count"])
        return [
            Hit(
                register,
                _lt("Entries of %(unit)s whose review or validity is over: %(count)s.", unit=unit.name, count=count),
                key=str(unit.id),
                unit=unit,
                place={
                    "res_model": "qms.register.entry",
                    "domain": [
                        ("register_id", "=", register.id),
                        ("department_id", "=", unit.id),
                        ("state", "=", "current"),
                        *over,
                    ],
                    "views": [[False, "list"], [False, "form"]],
                },
            )
            for register, unit, count in groups
        ]

    def _check_register_empty(self):
        registers = self.env["qms.register"].search(self._own(("requirement_ids", "!=", False)))
        applied = self.env["qms.requirement"].search(
            self._own(("id", "in", registers.requirement_ids.ids), ("standard_id.active", "=", True))
            & ~self._excluded()
        )
        entries = self.env["qms.register.entry"]
        current = self._own(entries._current_domain(self.env.company._qms_today()))
        filled = defaultdict(bool, {register: True for (register,) in entries._read_group(current, ["register_id"])})
        return [
            Hit(
                register,
                _lt(
                    "No entry is current, so nothing proves that these clauses are met: %(clauses)s.",
                    clauses=", ".join(f"{row.standard_id.code} {row.clause}" for row in needed),
                ),
            )
            for register in registers
            if not filled[register] and (needed := register.requirement_ids & applied)
        ]
