"""From flows as each process names them to one edge per pair, and to the ends that are missing."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..layout.text import clean
from .graph import INPUT, ONE_SIDED, OUTPUT, OUTSIDE, UNSUPPLIED, UNTAKEN, Edge, MissingEnd, Network

# Signs people type differently for the same word.
_SAME_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass
class _Given:
    """One thing that goes from one end to another, and which of the ends name it."""

    source: str
    target: str
    name: str
    sides: set = field(default_factory=set)


def same_name(name):
    """Return what two names of one thing have in common: no case, quotes, spaces and final stops."""
    return clean(name).translate(_SAME_SIGNS).casefold().rstrip(" .;")


def build(processes, parties, flows, chosen=None):
    """Return the network of processes and parties.

    :param processes: all processes the reader may see, with those that have left the registry
    :param parties: outside parties
    :param flows: inputs and outputs of the versions in force
    :param chosen: keys of the processes asked for; None for all that are in force
    :rtype: Network
    """
    known = {process.key: process for process in processes}
    outside = {party.key: party for party in parties}
    given, loose = _pair_up(known, outside, flows)
    if chosen is None:
        chosen = {process.key for process in processes if process.active and process.in_force}
    chosen = frozenset(chosen)
    edges = tuple(edge for edge in _bundle(given, known) if {edge.source, edge.target} & chosen)
    missing = (
        *(row for row in _loose_ends(loose) if row.process in chosen),
        *(row for row in _one_sided(given, known) if {row.process, row.other} & chosen),
    )
    touched = chosen | {key for edge in edges for key in (edge.source, edge.target)}
    return Network(
        processes=known,
        parties=outside,
        edges=edges,
        missing=tuple(sorted(missing, key=_in_order_of(known))),
        shown=tuple(key for key in known if key in touched),
        chosen=chosen,
    )


def _in_order_of(known):
    order = {key: index for index, key in enumerate(known)}
    kinds = (UNSUPPLIED, UNTAKEN, ONE_SIDED)
    return lambda row: (order[row.process], kinds.index(row.kind), row.direction, row.name)


def _pair_up(known, outside, flows):
    """Return the things given by (source, target, name), and the flows without another end."""
    given, open_flows = {}, []
    for flow in flows:
        other = flow.other
        if not other or (other in known and not known[other].active):
            open_flows.append(flow)
            continue
        if other not in known and other not in outside:
            other = OUTSIDE
        source, target = (other, flow.process) if flow.direction == INPUT else (flow.process, other)
        key = source, target, same_name(flow.name)
        given.setdefault(key, _Given(source, target, flow.name)).sides.add(flow.direction)
    # Who leaves the other end out may still be named by it.
    by_end = defaultdict(list)
    for (source, target, name), thing in given.items():
        by_end[INPUT, target, name].append(thing)
        by_end[OUTPUT, source, name].append(thing)
    loose = []
    for flow in open_flows:
        named = [] if flow.other else by_end[flow.direction, flow.process, same_name(flow.name)]
        for thing in named:
            thing.sides.add(flow.direction)
        if not named:
            loose.append(flow)
    return given, loose


def _bundle(given, known):
    """Return one edge per pair of ends, in the order in which they were first named."""
    pairs = defaultdict(list)
    for thing in given.values():
        pairs[thing.source, thing.target].append(thing)
    return [
        Edge(
            source,
            target,
            tuple(thing.name for thing in things),
            tuple(thing.name for thing in things if _half(thing, known)),
        )
        for (source, target), things in pairs.items()
    ]


def _half(thing, known):
    """Return whether one of two processes does not name what passes between them."""
    return thing.source in known and thing.target in known and len(thing.sides) == 1


def _loose_ends(loose):
    """Return the missing ends of flows that name nobody; the same name at another process is told as a hint."""
    twins = defaultdict(list)
    for flow in loose:
        twins[flow.direction, same_name(flow.name)].append(flow.process)
    for flow in loose:
        opposite = OUTPUT if flow.direction == INPUT else INPUT
        hint = next((key for key in twins[opposite, same_name(flow.name)] if key != flow.process), "")
        yield MissingEnd(
            flow.process,
            flow.direction,
            UNSUPPLIED if flow.direction == INPUT else UNTAKEN,
            flow.name,
            flow.other or hint,
        )


def _one_sided(given, known):
    halves = defaultdict(list)
    for thing in given.values():
        if _half(thing, known):
            (side,) = thing.sides
            halves[thing.source, thing.target, side].append(thing)
    for (source, target, direction), things in halves.items():
        opposite = INPUT if direction == OUTPUT else OUTPUT
        similar = tuple(thing.name for thing in halves.get((source, target, opposite), ()))
        process, other = (source, target) if direction == OUTPUT else (target, source)
        for thing in things:
            yield MissingEnd(process, direction, ONE_SIDED, thing.name, other, similar)
