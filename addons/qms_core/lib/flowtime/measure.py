from dataclasses import dataclass, field

from .handover import arrivals, changes
from .longest import longest_way
from .shares import probabilities
from .visits import expected_visits


@dataclass
class Figures:
    """The figures of one case, expected over the branches; times in minutes.

    ``known`` is False where a case can circle for ever: then all expected figures are 0 and a remark says where.
    """

    known: bool = True
    touch: float = 0.0
    lead: float = 0.0
    lead_longest: float = 0.0
    efficiency: float = 0.0
    handovers_role: float = 0.0
    handovers_unit: float = 0.0
    applicant_contacts: float = 0.0
    approvals: float = 0.0
    visits: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)


def measure(network):
    """Return the figures of a process.

    :param Network network: its steps and ways
    :rtype: Figures
    """
    if not network.steps:
        return Figures()
    chances, remarks = probabilities(network)
    visits, more = expected_visits(network, chances)
    duration = {step.key: step.touch + step.wait for step in network.steps}
    figures = Figures(lead_longest=longest_way(network, chances, duration), remarks=remarks + more)
    if visits is None:
        figures.known = False
        return figures
    figures.visits = visits
    figures.touch = sum(visits[step.key] * step.touch for step in network.steps)
    figures.lead = sum(visits[key] * minutes for key, minutes in duration.items())
    figures.efficiency = figures.touch / figures.lead if figures.lead else 0.0
    figures.approvals = sum(visits[step.key] for step in network.steps if step.approval)
    _count_hands(figures, network, chances)
    return figures


def _count_hands(figures, network, chances):
    entries, visits = network.entries(), figures.visits
    chances = {key: targets for key, targets in chances.items() if visits[key]}
    roles = {step.key: step.role for step in network.steps}
    units = {step.key: step.unit for step in network.steps}
    applicant = {step.key: step.role and ("applicant" if step.applicant else "authority") for step in network.steps}
    figures.handovers_role = changes(visits, chances, roles)
    figures.handovers_unit = changes(visits, chances, units)
    figures.applicant_contacts = arrivals(visits, chances, entries, applicant, "applicant")
