from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...lib import framework
from ...lib.check import MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Requirements: what answers them, what is left out, who answers for them."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "requirement_uncovered": Check(
                self.env._("Requirement nobody covers"),
                SERIOUS,
                self._check_requirement_uncovered,
                self.env._("Name the processes that answer it, or exclude the clause with a reason."),
            ),
            "exclusion_contradicted": Check(
                self.env._("Excluded requirement that is answered nevertheless"),
                SERIOUS,
                self._check_exclusion_contradicted,
                self.env._("Apply the clause, or take it off the processes that answer it."),
            ),
            "requirement_unaccounted": Check(
                self.env._("Requirement without accountable role"),
                MODERATE,
                self._check_requirement_unaccounted,
                self.env._("Give one role the accountable letter in the responsibility matrix of requirements."),
            ),
        }

    @api.model
    def _excluded(self):
        """Return the domain of the clauses that are not applied: those left out, and all below them."""
        left_out = self.env["qms.requirement"].search(self._own(("applicable", "=", False)))
        return Domain("id", "child_of", left_out.ids)

    @api.model
    def _applied_clauses(self, *conditions):
        """Return the clauses without subclauses that the authority applies."""
        applied = self._own(("child_ids", "=", False), ("standard_id.active", "=", True), *conditions)
        return self.env["qms.requirement"].search(applied & ~self._excluded())

    def _check_requirement_uncovered(self):
        # Who answers, also through a mapping, is told by the coverage.
        return [
            Hit(clause, _lt("Nothing answers the clause of %(standard)s.", standard=clause.standard_id.code))
            for clause in self._applied_clauses(("coverage", "=", framework.OPEN))
        ]

    def _check_exclusion_contradicted(self):
        answered = self.env["qms.requirement"].search(
            self._own(("process_ids", "!=", False), ("standard_id.active", "=", True)) & self._excluded()
        )
        return [
            Hit(
                clause,
                _lt(
                    "The clause of %(standard)s is not applied, yet these processes answer it: %(processes)s.",
                    standard=clause.standard_id.code,
                    processes=", ".join(clause.process_ids.mapped("code")),
                ),
            )
            for clause in answered
        ]

    def _check_requirement_unaccounted(self):
        # Where no clause of a standard has a role yet, nobody has begun to fill its matrix.
        rows = self.env["qms.responsibility"]._read_group(
            self._own(("accountable", "=", True), ("requirement_id", "!=", False)), ["requirement_id"]
        )
        accounted = self.env["qms.requirement"].union(*(clause for (clause,) in rows))
        sentence = _lt("Other clauses of the standard have an accountable role, this one has none.")
        missing = self._applied_clauses(
            ("standard_id", "in", accounted.standard_id.ids), ("id", "not in", accounted.ids)
        )
        # The accountable role of a chapter answers for its clauses.
        return [Hit(clause, sentence) for clause in missing if clause.parent_id not in accounted]
