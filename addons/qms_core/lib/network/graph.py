"""What is drawn: processes, outside parties, and who supplies whom with what.

Keys are strings of the caller's choice, unique over processes and parties together.
"""

from dataclasses import dataclass

# Groups of processes, from the top of the picture to its bottom.
GROUPS = ("management", "core", "support", "measurement")
INPUT, OUTPUT = "input", "output"
# Other end of a flow that the caller neither names as a process nor as a party: it is not for his eyes.
OUTSIDE = "outside"
UNSUPPLIED, UNTAKEN, ONE_SIDED = "unsupplied", "untaken", "one_sided"


@dataclass(frozen=True)
class Process:
    """A process of the registry.

    :param group: one of :data:`GROUPS`
    :param in_force: it has a version in force, so it could name its flows
    :param active: False if it has left the registry: it neither supplies nor takes
    """

    key: str
    code: str
    name: str
    group: str = "core"
    in_force: bool = True
    active: bool = True


@dataclass(frozen=True)
class Party:
    """A supplier or customer outside the authority."""

    key: str
    name: str


@dataclass(frozen=True)
class Flow:
    """An input or an output as the version in force of ``process`` names it.

    :param other: key of the process or party at the other end, empty if nobody is named
    """

    process: str
    direction: str
    name: str
    other: str = ""


@dataclass(frozen=True)
class Edge:
    """All that ``source`` gives to ``target``.

    :param items: names of what is given, each once
    :param one_sided: those of the items that only one of both ends names
    """

    source: str
    target: str
    items: tuple[str, ...]
    one_sided: tuple[str, ...] = ()


@dataclass(frozen=True)
class MissingEnd:
    """An input nobody supplies, an output nobody takes, or a flow named by one side only.

    :param process: the process that names the flow
    :param other: the process that should name it too, that has left the registry, or that names the same thing
        without its other end
    :param similar: names the other side has for what may be the same thing
    """

    process: str
    direction: str
    kind: str
    name: str
    other: str = ""
    similar: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """The merged graph.

    :param shown: keys of the processes to draw, in the order given
    :param chosen: those of them that were asked for; the others are their neighbours
    """

    processes: dict[str, Process]
    parties: dict[str, Party]
    edges: tuple[Edge, ...]
    missing: tuple[MissingEnd, ...]
    shown: tuple[str, ...]
    chosen: frozenset[str]
