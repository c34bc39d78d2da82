"""Rows within lanes: the third phase of layered drawing, for one band of columns.

Sugiyama, Tagawa & Toda (1981) order each layer by the barycentres of its neighbours. Here lanes fix most of the order;
within a lane a step takes the row it is reached from, so that chains run straight, and the nearest free one otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from .geometry import Label
from .graph import Node
from .text import Fitted, fit

TASK_WIDTH, TASK_HEIGHT = 120, 60
DIAMOND = 44
EVENT = 30
EVENTS = ("start", "event", "end")
CONNECTOR = 20
BESIDE_GAP = 4
NAME_SIZES = (10, 9)
EDGE_LABEL_WIDTH, EDGE_LABEL_HEIGHT, EDGE_LABEL_SIZES = 66, 25, (10, 9)
INSIDE, ABOVE, BELOW = "inside", "above", "below"


@dataclass(eq=False)
class Item:
    """A shape in a cell of the grid: a step, or a connector to another band (then ``node`` is None)."""

    lane: int
    width: float
    height: float
    node: Node | None = None
    text: Fitted | None = None
    text_place: str = INSIDE
    target: int = -1
    entering: bool = False
    order: int = 0
    column: int = 0
    row: int = 0
    level: int = 0

    @property
    def cell_width(self):
        return max(self.width, self.text.width if self.text else 0)

    @property
    def up(self):
        return self.height / 2 + self._beside(ABOVE)

    @property
    def down(self):
        return self.height / 2 + self._beside(BELOW)

    def _beside(self, place):
        return self.text.height + BESIDE_GAP if self.text and self.text.lines and self.text_place == place else 0

    def is_blocked(self, side):
        """Return whether the name of the step is in the way of an arrow at the side ``top`` or ``bottom``."""
        return bool(self._beside(ABOVE if side == "top" else BELOW))


@dataclass(eq=False)
class Link:
    """An arrow, or the part of it that lies in this band; several arrows share one way in from another band."""

    source: Item
    target: Item
    edges: list[int]
    text: Fitted | None = None
    back: bool = False
    # Set by the router:
    start: str = "right"
    end: str = "left"
    legs: list = field(default_factory=list)
    label: Label | None = None
    points: tuple = ()


@dataclass(eq=False)
class Band:
    """The part of a diagram that lies in one row of the page."""

    items: list[Item]
    links: list[Link]
    lanes: list[int]
    columns: int = 0
    rows: dict[int, int] = field(default_factory=dict)


def make_item(node, lane, order):
    """Return the item of a step, with its size and its wrapped name."""
    if node.kind == "decision":
        text = fit(node.name, 104, 44, NAME_SIZES)
        return Item(lane, DIAMOND, DIAMOND, node, text, ABOVE, order=order)
    if node.kind in EVENTS:
        text = fit(node.name, 92, 24, NAME_SIZES)
        return Item(lane, EVENT, EVENT, node, text, BELOW, order=order)
    # The marker of a subprocess, the badge of a control point and the sign of documents take their part of the box.
    text = fit(
        node.name,
        TASK_WIDTH - (24 if node.marked or node.linked else 10),
        TASK_HEIGHT - (18 if node.kind == "subprocess" else 6),
    )
    return Item(lane, TASK_WIDTH, TASK_HEIGHT, node, text, order=order)


def edge_text(text):
    """Return the wrapped label of an arrow, None without one."""
    fitted = fit(text, EDGE_LABEL_WIDTH, EDGE_LABEL_HEIGHT, EDGE_LABEL_SIZES)
    return fitted if fitted.lines else None


def assign_rows(band):
    """Give every item of the band its row within its lane, and the band the number of rows of each lane."""
    taken = defaultdict(set)
    preds, succs = defaultdict(list), defaultdict(list)
    for link in band.links:
        preds[link.target].append(link.source)
        succs[link.source].append(link.target)
    by_column = defaultdict(list)
    for item in band.items:
        if item.node:
            by_column[item.column].append(item)
    placed = set()
    for _column, items in sorted(by_column.items()):
        for item in sorted(items, key=lambda item: (_barycentre(item, preds, placed), item.order)):
            same_lane = [p for p in preds[item] if p in placed and p.lane == item.lane and p.column < item.column]
            _take_row(
                item, min(same_lane, key=lambda p: (item.column - p.column, p.row)).row if same_lane else 0, taken
            )
        placed.update(items)
    # Connectors come last: they take the row of the step they belong to, if the way there is free.
    for item in band.items:
        if not item.node:
            neighbours = succs[item] if item.entering else preds[item]
            _take_row(item, _clear_row(item, neighbours[0], taken), taken)
    _number_rows(band)


def _barycentre(item, preds, placed):
    positions = [p.lane * 1000 + p.row for p in preds[item] if p in placed]
    return sum(positions) / len(positions) if positions else item.lane * 1000


def _take_row(item, wanted, taken):
    used = taken[item.lane, item.column]
    row = min(
        (row for row in range(wanted + len(used) + 1) if row not in used),
        key=lambda row: (abs(row - wanted), -row),
    )
    item.row = row
    used.add(row)


def _clear_row(item, neighbour, taken):
    between = range(min(item.column, neighbour.column) + 1, max(item.column, neighbour.column))
    if all(neighbour.row not in taken[item.lane, column] for column in between):
        return neighbour.row
    return 1 + max((row for (lane, _column), used in taken.items() if lane == item.lane for row in used), default=-1)


def _number_rows(band):
    used = defaultdict(set)
    for item in band.items:
        used[item.lane].add(item.row)
    for item in band.items:
        item.row = sum(row < item.row for row in used[item.lane])
    band.rows = {lane: len(used[lane]) for lane in band.lanes}
