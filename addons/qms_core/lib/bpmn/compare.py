"""What has to be done to make one map say what another says, matched by the keys of steps."""

from dataclasses import dataclass, field, fields, replace
from hashlib import sha256

from ..layout.graph import IndexedGraph
from ..layout.ranking import assign_columns, feedback_arcs

# The note has no place in our steps; the key is what they are matched by.
COMPARED = ("name", "kind", "lane")
DETAILS = ("marked", "touch_minutes", "wait_hours", "documents", "information_system", "unit")


@dataclass
class Plan:
    """Differences between two maps.

    :param changed: pairs of a key and the new values by field
    :param flows_changed: pairs of the ends of an arrow and the new values by field
    """

    created: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    flows_created: list = field(default_factory=list)
    flows_changed: list = field(default_factory=list)
    flows_removed: list = field(default_factory=list)

    def __bool__(self):
        return any(getattr(self, item.name) for item in fields(self))


def compare(old, new):
    """Return what has to be done to ``old`` to make it say what ``new`` says.

    What ``new`` doesn't say (None) stays as it is.

    :param Process old: the map as it is
    :param Process new: the map as it shall be; its lanes have the keys of those of ``old``
    :rtype: Plan
    """
    plan = Plan()
    before = {step.key: step for step in old.nodes}
    after = {step.key: step for step in new.nodes}
    plan.removed = [step for key, step in before.items() if key not in after]
    for key, step in after.items():
        if key not in before:
            plan.created.append(step)
        elif changes := _changes(before[key], step, (*COMPARED, *DETAILS)):
            plan.changed.append((key, changes))
    flows_before = {(flow.source, flow.target): flow for flow in old.edges}
    flows_after = {(flow.source, flow.target): flow for flow in new.edges}
    plan.flows_removed = [flow for ends, flow in flows_before.items() if ends not in flows_after]
    for ends, flow in flows_after.items():
        if ends not in flows_before:
            plan.flows_created.append(flow)
        elif changes := _changes(flows_before[ends], flow, ("label", "share")):
            plan.flows_changed.append((ends, changes))
    return plan


def _changes(old, new, names):
    return {
        name: getattr(new, name)
        for name in names
        if getattr(new, name) is not None and getattr(new, name) != getattr(old, name)
    }


def stamp(process):
    """Return a short text that is the same as long as steps and arrows of a map say the same."""
    steps = sorted(
        (step.key, step.name, step.kind, step.lane, *(getattr(step, name) for name in DETAILS))
        for step in process.nodes
    )
    flows = sorted(((flow.source, flow.target, flow.label, flow.share) for flow in process.edges), key=repr)
    return sha256(repr((steps, flows)).encode()).hexdigest()[:20]


def stamped(process):
    """Return the map with its stamp, to be written into a file."""
    return replace(process, stamp=stamp(process))


def in_reading_order(process):
    """Return the steps from the first to the last, as one would tell the process."""
    graph = IndexedGraph(process)
    count = len(graph.nodes)
    back = feedback_arcs(count, graph.arcs)
    columns = assign_columns(count, graph.arcs, back, graph.lane_of)
    return [graph.nodes[index] for index in sorted(range(count), key=lambda index: (columns[index], index))]
