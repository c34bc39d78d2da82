"""Where it is drawn: the immutable result of the layout, in pixels, y downwards."""

from dataclasses import dataclass

from ..layout.geometry import Box, Label
from .graph import Edge

PROCESS, SUPPLIER, CUSTOMER = "process", "supplier", "customer"


@dataclass(frozen=True)
class Band:
    """The processes of one group."""

    group: str
    box: Box
    label: Label


@dataclass(frozen=True)
class Placed:
    """A process, or a party in the column of suppliers or of customers.

    :param role: :data:`PROCESS`, :data:`SUPPLIER` or :data:`CUSTOMER`
    :param group: group of a process, empty for a party
    :param context: only drawn as neighbour of what was asked for
    :param code: label of the code of a process
    :param stubs: missing ends, in words: ``(kind, label)``
    """

    key: str
    role: str
    group: str
    name: str
    box: Box
    label: Label
    code: Label | None = None
    context: bool = False
    stubs: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True)
class Route:
    """A bundled edge: corners of its line from source to target, and where its count stands."""

    edge: Edge
    group: str
    points: tuple[tuple[float, float], ...]
    badge: tuple[float, float]


@dataclass(frozen=True)
class Diagram:
    width: float
    height: float
    headings: tuple[Label, ...]
    bands: tuple[Band, ...]
    nodes: tuple[Placed, ...]
    routes: tuple[Route, ...]
