from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib import network
from ...lib.check import HINT, MODERATE, Check, Hit

_lt = LazyTranslate(__name__)
PROCESS_PREFIX = "process-"


class QmsCheck(models.AbstractModel):
    """What goes between processes. The interaction map knows the missing ends; here they become hits."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "input_unsupplied": Check(
                self.env._("Input nobody supplies"),
                MODERATE,
                self._check_input_unsupplied,
                self.env._("Name the supplier: a process that gives it, or an outside party."),
            ),
            "output_untaken": Check(
                self.env._("Output nobody takes"),
                MODERATE,
                self._check_output_untaken,
                self.env._("Name the customer: a process that needs it, or an outside party. Or leave the output out."),
            ),
            "flow_one_sided": Check(
                self.env._("Flow that only one process names"),
                HINT,
                self._check_flow_one_sided,
                self.env._("Name it on the other side under the same name, or leave it out."),
            ),
        }

    def _check_input_unsupplied(self):
        return self._missing(
            network.UNSUPPLIED, lambda row, _other: _lt("Nobody supplies the input “%(name)s”.", name=row.name)
        )

    def _check_output_untaken(self):
        return self._missing(
            network.UNTAKEN, lambda row, _other: _lt("Nobody takes the output “%(name)s”.", name=row.name)
        )

    def _check_flow_one_sided(self):
        def sentence(row, other):
            if row.direction == network.OUTPUT:
                return _lt(
                    "The process gives “%(name)s” to %(other)s, which doesn't name it.", name=row.name, other=other
                )
            return _lt("The process gets “%(name)s” from %(other)s, which doesn't name it.", name=row.name, other=other)

        return self._missing(network.ONE_SIDED, sentence)

    def _missing(self, kind, sentence):
        """Return the hits of one kind of missing end, of processes of the authority.

        :param sentence: function of the missing end and the code of the process at its other end
        """
        processes = self.env["qms.process"]
        graph, known = processes._interaction_network([("company_id", "=", self.env.company.id)])
        own = {process.id: process for process in known if process.company_id == self.env.company}
        hits = []
        for row in graph.missing:
            process = own.get(int(row.process.removeprefix(PROCESS_PREFIX)))
            if row.kind == kind and process:
                other = graph.processes[row.other].code if row.other in graph.processes else ""
                key = f"{row.direction} {network.same_name(row.name)} {other}"
                hits.append(Hit(process, sentence(row, other), key=key))
        return hits
