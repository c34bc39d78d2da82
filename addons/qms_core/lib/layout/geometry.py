"""Where it is drawn: the immutable result of the layout, in pixels, y downwards.

A writer of any format (SVG here, the diagram part of BPMN elsewhere) needs nothing but these objects.
"""

from dataclasses import dataclass

from .graph import Edge, Lane, Node


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height

    @property
    def center(self):
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, other):
        """Return whether ``other`` lies wholly inside this box."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other):
        """Return whether the interiors of both boxes have a point in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True)
class Label:
    """Wrapped text and the box it fills.

    :param anchor: ``start``, ``middle`` or ``end`` of the box, where the lines are aligned
    :param clipped: the text was too long and ends with an ellipsis
    """

    lines: tuple[str, ...]
    size: float
    box: Box
    anchor: str = "middle"
    clipped: bool = False


@dataclass(frozen=True)
class PlacedNode:
    """A step: ``box`` is its shape, ``label`` its name (inside a task, beside a circle or a diamond)."""

    node: Node
    lane: str
    band: int
    column: int
    box: Box
    label: Label


@dataclass(frozen=True)
class PlacedLane:
    """The part of a lane in one band; ``header`` is the tinted cell with its name."""

    lane: Lane
    band: int
    box: Box
    header: Box
    label: Label


@dataclass(frozen=True)
class Connector:
    """A lettered circle where an arrow leaves a band, or enters it again, on its way to the step ``target``."""

    name: str
    target: str
    band: int
    entering: bool
    box: Box


@dataclass(frozen=True)
class Route:
    """An arrow: one polyline, or two when it continues in another band.

    :param back: the arrow closes a loop
    """

    edge: Edge
    parts: tuple[tuple[tuple[float, float], ...], ...]
    label: Label | None = None
    back: bool = False


@dataclass(frozen=True)
class Diagram:
    width: float
    height: float
    bands: tuple[Box, ...]
    lanes: tuple[PlacedLane, ...]
    nodes: tuple[PlacedNode, ...]
    connectors: tuple[Connector, ...]
    routes: tuple[Route, ...]
