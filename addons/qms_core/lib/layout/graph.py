"""What is drawn: the abstract graph of a process, without any coordinates."""

from dataclasses import dataclass, field

KINDS = ("start", "task", "decision", "subprocess", "event", "end")
NO_LANE_NAME = "—"


@dataclass(frozen=True)
class Lane:
    """A role that performs steps; drawn as one horizontal band."""

    key: str
    name: str


@dataclass(frozen=True)
class Node:
    """A step.

    :param lane: key of its lane; an unknown key puts the step into an extra last lane
    :param kind: one of :data:`KINDS`; anything else is drawn as a task
    :param note: longer text, shown as tooltip only
    :param marked: the step is a control point
    :param linked: documents are about the step; the note names them
    """

    key: str
    name: str
    lane: str
    kind: str = "task"
    note: str = ""
    marked: bool = False
    linked: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Edge:
    """An arrow between the steps with the keys ``source`` and ``target``."""

    key: str
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True)
class Graph:
    """Lanes from top to bottom, steps and arrows in their declared order.

    The declared order decides wherever the structure leaves a choice, so equal graphs give equal drawings.
    """

    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class IndexedGraph:
    """A checked graph in which lanes, steps and arrows are known by their position.

    :raise ValueError: for a key used twice or an arrow from or to a step that does not exist
    """

    def __init__(self, graph):
        self.nodes = tuple(graph.nodes)
        self.edges = tuple(graph.edges)
        self.lanes = tuple(graph.lanes)
        lane_index = self._index(self.lanes, "lane")
        node_index = self._index(self.nodes, "step")
        self._index(self.edges, "arrow")
        if any(node.lane not in lane_index for node in self.nodes):
            self.lanes += (Lane(self._free_key(lane_index), NO_LANE_NAME),)
        self.lane_of = [lane_index.get(node.lane, len(self.lanes) - 1) for node in self.nodes]
        self.arcs = []
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in node_index:
                    raise ValueError(f"The arrow {edge.key!r} refers to the step {end!r}, which does not exist.")
            self.arcs.append((node_index[edge.source], node_index[edge.target]))

    @staticmethod
    def _index(things, what):
        index = {}
        for position, thing in enumerate(things):
            if thing.key in index:
                raise ValueError(f"The key {thing.key!r} is used by more than one {what}.")
            index[thing.key] = position
        return index

    @staticmethod
    def _free_key(taken):
        key = NO_LANE_NAME
        while key in taken:
            key += NO_LANE_NAME
        return key
