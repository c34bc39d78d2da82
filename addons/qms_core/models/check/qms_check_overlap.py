from collections import Counter, defaultdict

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib import overlap
from ...lib.check import HINT, Check, Hit

_lt = LazyTranslate(__name__)
# Many functions rest on the same general act; with names that have a word in common they may be one function.
ALIKE_WITH_SAME_ACTS = 0.35
# Of a function that is like many others the nearest ones are told; the next ones, once these are settled.
NEAREST = 5


class QmsCheck(models.AbstractModel):
    """Functions and services that two units perform: their names are alike, or they rest on the same acts."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "functions_overlap": Check(
                self.env._("Overlapping functions"),
                HINT,
                self._check_functions_overlap,
                self.env._(
                    "Decide at the next screening of functions which unit keeps it, or say what sets them apart."
                ),
            ),
        }

    def _check_functions_overlap(self):
        processes = self._processes(("department_id", "!=", False))
        services = self.env["qms.service"].search(self._own(("department_id", "!=", False)))
        return [*self._overlaps(processes), *self._overlaps(services)]

    def _overlaps(self, functions):
        # Names are compared in the authority's language, whoever runs the check.
        functions = functions.with_context(lang=self.env.company.partner_id.lang or self.env.lang)
        pairs = overlap.alike_pairs({function.id: function.name for function in functions})
        found = {(first, second): "name" for first, second, _likeness in pairs}
        for pair in self._pairs_of_same_acts(functions):
            found.setdefault(pair, "acts")
        hits, told = [], Counter()
        for (first, second), reason in found.items():
            function, other = functions.browse(first), functions.browse(second)
            if function.department_id == other.department_id or min(told[first], told[second]) >= NEAREST:
                continue
            told.update((first, second))
            hits.append(Hit(function, self._overlap_sentence(reason, other), key=other.code))
        return hits

    def _pairs_of_same_acts(self, functions):
        by_acts = defaultdict(list)
        for function in functions:
            lines = (function.legal_basis or "").replace(";", "\n").splitlines()
            if acts := frozenset(line.strip().casefold() for line in lines if line.strip()):
                by_acts[acts].append(function)
        for group in by_acts.values():
            pairs = overlap.alike_pairs({function.id: function.name for function in group}, ALIKE_WITH_SAME_ACTS)
            yield from ((first, second) for first, second, _likeness in pairs)

    def _overlap_sentence(self, reason, other):
        words = {"other": other.display_name, "unit": other.department_id.name}
        if reason == "name":
            return _lt("“%(other)s” of the unit “%(unit)s” has a similar name.", **words)
        return _lt("“%(other)s” of the unit “%(unit)s” rests on the same acts and has a similar name.", **words)
