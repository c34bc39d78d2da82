"""Ways of arrows: orthogonal routing through the free space of a grid.

Shapes stand in cells. Arrows run in the *gutters* between columns, in the *channels* above and below every row, and
through empty cells; so no arrow can cross a shape, whatever the graph. For each link a few simple ways are compared and
the cheapest is taken: few bends first, then a short way, then little traffic. This is the global phase of channel
routing; the detailed phase, tracks within gutters and channels, is in ``tracks``.

Vertical positions are *levels*, counted over the whole band: each lane has a channel, then a row and a channel in turn.
Horizontal positions are *slots*: gutter ``c`` has slot ``2 * c``, column ``c`` behind it slot ``2 * c + 1``.
"""

from collections import defaultdict
from dataclasses import dataclass

from .placing import ABOVE, BELOW

BEND, LEVEL, SLOT, TRAFFIC, SHARED_PORT = 10, 3, 1, 3, 25


@dataclass(eq=False)
class Leg:
    """A run in a gutter (vertical, ``place`` is the column behind it) or in a channel (``place`` is its level)."""

    vertical: bool
    place: int
    start: int
    end: int
    group: tuple = ()
    # Rows (levels) at which a gutter leg is joined from the left and from the right.
    left: tuple = ()
    right: tuple = ()
    track: int = 0

    @property
    def low(self):
        return min(self.start, self.end)

    @property
    def high(self):
        return max(self.start, self.end)


@dataclass
class Way:
    """A candidate: ports, legs, straight runs ``(level, slot, slot)`` and stubs ``(column, level, level)``."""

    start: str
    end: str
    legs: list
    runs: list
    stubs: list
    bends: int


class Router:
    """Chooses the way of every link of a band."""

    def __init__(self, band):
        self.band = band
        self.levels = number_levels(band)
        place_decision_names(band)
        self.cells = {(item.level, item.column) for item in band.items}
        self.runs = defaultdict(list)
        self.stubs = defaultdict(list)
        self.traffic = defaultdict(list)
        self.gutters = defaultdict(list)
        self.ports = defaultdict(int)
        self.indegree = defaultdict(int)
        for link in band.links:
            self.indegree[link.target] += 1

    def route(self):
        """Set ``start``, ``end`` and ``legs`` of all links, the shortest first since they profit most."""
        order = sorted(
            range(len(self.band.links)),
            key=lambda i: (_span(self.band.links[i]), i),
        )
        for index in order:
            link = self.band.links[index]
            ways = [way for way in self._ways(link) if self._is_free(way, link)]
            self._take(link, min(ways, key=lambda way: self._cost(way, link)))

    # ---- candidates

    def _ways(self, link):
        source, target = link.source, link.target
        if source.column < target.column:
            yield from self._forward_ways(source, target)
        yield from self._channel_ways(source, target)

    def _forward_ways(self, source, target):
        first, last = source.column + 1, target.column
        here, there = source.level, target.level
        span = (2 * source.column + 1, 2 * target.column + 1)
        if here == there:
            yield Way("right", "left", [], [(here, *span)], [], 0)
            return
        late = Leg(True, last, here, there, left=(here,), right=(there,))
        yield Way("right", "left", [late], [(here, span[0], 2 * last)] if last > first else [], [], 2)
        if last > first:
            early = Leg(True, first, here, there, left=(here,), right=(there,))
            yield Way("right", "left", [early], [(there, 2 * first, span[1])], [], 2)
        if _is_decision(source):
            side = "bottom" if there > here else "top"
            yield Way(side, "left", [], [(there, 2 * source.column, span[1])], [(source.column, here, there)], 1)

    def _channel_ways(self, source, target):
        forward = source.column < target.column
        here, there = source.level, target.level
        first, last = source.column + 1, target.column
        for channel in sorted({here - 1, here + 1, there - 1, there + 1}):
            starts = ["right"]
            if abs(channel - here) == 1 and (not forward or _is_decision(source)):
                starts.append("top" if channel < here else "bottom")
            ends = ["left"]
            if abs(channel - there) == 1 and not forward:
                ends.append("top" if channel < there else "bottom")
            for start in starts:
                for end in ends:
                    legs, stubs, bends = [], [], 0
                    if start == "right":
                        legs.append(Leg(True, first, here, channel, left=(here,)))
                        bends += 1
                    else:
                        stubs.append((source.column, here, channel))
                    begin = 2 * first if start == "right" else 2 * source.column + 1
                    finish = 2 * last if end == "left" else 2 * target.column + 1
                    legs.append(Leg(False, channel, begin, finish))
                    if end == "left":
                        legs.append(Leg(True, last, channel, there, right=(there,)))
                        bends += 1
                    else:
                        stubs.append((target.column, channel, there))
                    yield Way(start, end, legs, [], stubs, bends + 2)

    # ---- choice

    def _is_free(self, way, link):
        source, target = link.source, link.target
        if (way.start in ("top", "bottom") and source.is_blocked(way.start)) or (
            way.end in ("top", "bottom") and target.is_blocked(way.end)
        ):
            return False
        inner = {(source.level, source.column), (target.level, target.column)}
        for level, low, high in way.runs:
            if self._hits_cell(inner, ((level, column) for column in range(low // 2, (high + 1) // 2))):
                return False
            if any(
                low < other_high and other_low < high and other is not target
                for other_low, other_high, other in self.runs[level]
            ):
                return False
        nets = ((("out", source, way.start),) if way.start != "right" else ()) + (
            (("in", target, way.end),) if way.end != "left" else ()
        )
        for (column, begin, end), net in zip(way.stubs, nets, strict=True):
            low, high = min(begin, end), max(begin, end)
            if self._hits_cell(inner, ((level, column) for level in range(low, high + 1))):
                return False
            if any(
                low <= other_high and other_low <= high and other != net
                for other_low, other_high, other in self.stubs[column]
            ):
                return False
        # A self loop would run up and down the same stub.
        return not (source is target and way.start == way.end)

    def _hits_cell(self, allowed, cells):
        return any(cell in self.cells and cell not in allowed for cell in cells)

    def _cost(self, way, link):
        cost = BEND * way.bends + SHARED_PORT * self.ports[link.source, way.start]
        for leg in way.legs:
            cost += (leg.high - leg.low) * (LEVEL if leg.vertical else SLOT)
            cost += TRAFFIC * sum(
                leg.low <= high and low <= leg.high for low, high in self.traffic[leg.vertical, leg.place]
            )
            if leg.left and leg.right and self._closes_cycle(leg):
                cost += 10 * BEND
        for _column, begin, end in way.stubs:
            cost += abs(end - begin) * LEVEL
        for _level, low, high in way.runs:
            cost += (high - low) * SLOT
        return cost

    def _closes_cycle(self, leg):
        """Return whether no order of the legs of the gutter keeps their ends apart on all rows once this one is added.

        A leg that leaves a row to the left must lie left of those that join it from the right, see ``tracks``.
        """
        seen, frontier = set(), [leg]
        while frontier:
            rows = set(frontier.pop().left)
            for other in self.gutters[leg.place]:
                if other not in seen and rows & set(other.right):
                    if set(other.left) & set(leg.right):
                        return True
                    seen.add(other)
                    frontier.append(other)
        return False

    def _take(self, link, way):
        source, target = link.source, link.target
        link.start, link.end, link.legs = way.start, way.end, way.legs
        if _is_decision(source):
            self.ports[source, way.start] += 1
        for level, low, high in way.runs:
            self.runs[level].append((low, high, target))
        nets = [("out", source, way.start)] if way.start != "right" else []
        if way.end != "left":
            nets.append(("in", target, way.end))
        for (column, begin, end), net in zip(way.stubs, nets, strict=True):
            self.stubs[column].append((min(begin, end), max(begin, end), net))
        merges = self.indegree[target] > 1
        for position, leg in enumerate(way.legs):
            self.traffic[leg.vertical, leg.place].append((leg.low, leg.high))
            # Arrows may share a track from a common source or to a common target, never both: then the drawing
            # would also show the arrows between the others. Loops keep apart, they have a colour of their own.
            if merges and position == len(way.legs) - 1:
                leg.group = ("in", id(target), way.end, link.back)
            elif not merges and position == 0:
                leg.group = ("out", id(source), way.start, link.back)
            else:
                leg.group = ("link", id(link), position)
            if leg.vertical:
                self.gutters[leg.place].append(leg)


def number_levels(band):
    """Set the level of every item; return ``{lane: (first level, last level)}``, both of them channels."""
    levels, level = {}, 0
    for lane in band.lanes:
        levels[lane] = (level, level + 2 * band.rows[lane])
        level += 2 * band.rows[lane] + 1
    for item in band.items:
        item.level = levels[item.lane][0] + 2 * item.row + 1
    return levels


def place_decision_names(band):
    """Put the name of a decision above it, or below it where more of its arrows leave upwards than downwards."""
    balance = defaultdict(int)
    for link in band.links:
        if _is_decision(link.source):
            balance[link.source] += (link.target.level > link.source.level) - (link.target.level < link.source.level)
    for item in band.items:
        if _is_decision(item):
            item.text_place = BELOW if balance[item] < 0 else ABOVE


def _span(link):
    return abs(link.target.column - link.source.column), abs(link.target.level - link.source.level)


def _is_decision(item):
    return item.node is not None and item.node.kind == "decision"
