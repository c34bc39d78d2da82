"""Coordinates: the last phase of layered drawing, for one band with known rows, ways and tracks."""

from collections import defaultdict
from itertools import pairwise

from .geometry import Box, Label
from .placing import ABOVE, BELOW, BESIDE_GAP

TRACK = 8
GUTTER, SIDE_GUTTER = 28, 14
PAD_LEFT, PAD_RIGHT, PAD_CHANNEL = 10, 14, 7
LABEL_GAP = 4
ARROW = 8


class Coordinates:
    """Computes the positions of everything in a band.

    :param counts: tracks by line, from ``tracks.assign_all``
    :param levels: first and last level of each lane
    :param least: least height of each lane
    """

    def __init__(self, band, counts, levels, least):
        self.band = band
        self.counts = counts
        self.levels = levels
        self.least = least
        self.column_widths = [0.0] * band.columns
        for item in band.items:
            self.column_widths[item.column] = max(self.column_widths[item.column], item.cell_width)
        self.up, self.down = defaultdict(float), defaultdict(float)
        for item in band.items:
            self.up[item.level] = max(self.up[item.level], item.up)
            self.down[item.level] = max(self.down[item.level], item.down)
        self.pads = {}
        self.label_ends = self._reserve_labels()
        self._place_columns()
        self._place_levels()

    # ---- extents

    def _reserve_labels(self):
        """Choose the end at which each label stands and make room for it; return ``[(link, at start, shift)]``."""
        used, ends = defaultdict(float), []
        for link in self.band.links:
            if not link.text:
                continue
            start, end = (link.source, link.start), (link.target, link.end)
            at_start = not used[start] or bool(used[end]) or link.target.node is None
            port = start if at_start else end
            ends.append((link, at_start, used[port]))
            used[port] += link.text.height + 1
            self._reserve(*port, link.text, used[port])
        return ends

    def _reserve(self, item, side, text, stack):
        slack = (self.column_widths[item.column] - item.width) / 2
        if side in ("left", "right"):
            extent = self.down if item.is_blocked("top") else self.up
            extent[item.level] = max(extent[item.level], stack + LABEL_GAP)
        if side == "right":
            self._pad(("left", item.column + 1), text.width + 2 * LABEL_GAP - slack)
        elif side == "left":
            self._pad(("right", item.column), text.width + LABEL_GAP + ARROW + LABEL_GAP - slack)
        else:
            width = self.column_widths[item.column]
            self._pad(("left", item.column + 1), text.width + 2 * LABEL_GAP - width / 2)
            extent = self.up if side == "top" else self.down
            room = item.height / 2 + stack + LABEL_GAP + ARROW - extent[item.level]
            self._pad(("above", item.level + 1) if side == "bottom" else ("below", item.level - 1), room)

    def _pad(self, key, room):
        self.pads[key] = max(self.pads.get(key, 0), room)

    def _place_columns(self):
        """Set the left edges of columns and the first track of each gutter, from 0 to ``width``."""
        self.column_x, self.gutter_x, x = [], [], 0.0
        for column in range(self.band.columns + 1):
            left = max(PAD_LEFT, self.pads.get(("left", column), 0))
            right = max(PAD_RIGHT, self.pads.get(("right", column), 0))
            count = self.counts.get((True, column), 0)
            least = GUTTER if 0 < column < self.band.columns else SIDE_GUTTER
            if count:
                needed = left + right + (count - 1) * TRACK
            else:
                needed = self.pads.get(("left", column), 0) + max(ARROW, self.pads.get(("right", column), 0))
            self.gutter_x.append(x + left)
            x += max(least, needed)
            if column < self.band.columns:
                self.column_x.append(x)
                x += self.column_widths[column]
        self.width = x

    def _place_levels(self):
        """Set the centre line of rows, the first track of channels, and the extent of lanes."""
        self.level_y, self.lane_y, y = {}, {}, 0.0
        for lane in self.band.lanes:
            first, last = self.levels[lane]
            top = y
            height = sum(
                self._channel_height(level) if (level - first) % 2 == 0 else self.up[level] + self.down[level]
                for level in range(first, last + 1)
            )
            spare = max(0.0, self.least[lane] - height)
            y += spare / 2
            for level in range(first, last + 1):
                if (level - first) % 2:
                    self.level_y[level] = y + self.up[level]
                    y += self.up[level] + self.down[level]
                else:
                    self.level_y[level] = y + max(PAD_CHANNEL, self.pads.get(("above", level), 0))
                    y += self._channel_height(level)
            y += spare / 2
            self.lane_y[lane] = (top, y)
        self.height = y

    def _channel_height(self, level):
        above = max(PAD_CHANNEL, self.pads.get(("above", level), 0))
        below = max(PAD_CHANNEL, self.pads.get(("below", level), 0))
        count = self.counts.get((False, level), 0)
        return above + below + max(0, count - 1) * TRACK

    # ---- results

    def box(self, item):
        """Return the box of the shape of an item."""
        x = self.column_x[item.column] + (self.column_widths[item.column] - item.width) / 2
        return Box(x, self.level_y[item.level] - item.height / 2, item.width, item.height)

    def name(self, item):
        """Return the label with the name of a step."""
        shape, text = self.box(item), item.text
        center_x, center_y = shape.center
        top = {
            ABOVE: shape.y - BESIDE_GAP - text.height,
            BELOW: shape.bottom + BESIDE_GAP,
        }.get(item.text_place, center_y - text.height / 2)
        if item.node.kind == "subprocess":
            top -= 6
        box = Box(center_x - text.width / 2, top, text.width, text.height)
        return Label(text.lines, text.size, box, clipped=text.clipped)

    def points(self, link):
        """Return the corners of a link, from port to port."""
        x, y = self._port(link.source, link.start)
        end_x, end_y = self._port(link.target, link.end)
        points = [(x, y)]
        for leg in link.legs:
            if leg.vertical:
                x = self.gutter_x[leg.place] + leg.track * TRACK
            else:
                y = self.level_y[leg.place] + leg.track * TRACK
            points.append((x, y))
        points.append((x, end_y) if link.end == "left" else (end_x, y))
        points.append((end_x, end_y))
        return _simplify(points)

    def edge_labels(self):
        """Yield ``(link, label)`` for all links with a text."""
        for link, at_start, shift in self.label_ends:
            side = link.start if at_start else link.end
            item = link.source if at_start else link.target
            below = item.is_blocked("top") and (shift > 0 or len(link.text.lines) > 1)
            yield link, _beside_port(link.text, side, *self._port(item, side), shift, below)

    def _port(self, item, side):
        box = self.box(item)
        return {
            "right": (box.right, box.center[1]),
            "left": (box.x, box.center[1]),
            "top": (box.center[0], box.y),
            "bottom": (box.center[0], box.bottom),
        }[side]


def _beside_port(text, side, x, y, shift, below):
    """Return the label at a port: over the arrow, or under it where it would reach the name above a diamond."""
    if side in ("left", "right"):
        top = y + 2 + shift if below else y - 2 - text.height - shift
        left = x + LABEL_GAP if side == "right" else x - ARROW - LABEL_GAP - text.width
        return Label(
            text.lines, text.size, Box(left, top, text.width, text.height), "start" if side == "right" else "end"
        )
    top = y + LABEL_GAP + shift if side == "bottom" else y - LABEL_GAP - ARROW - text.height - shift
    return Label(text.lines, text.size, Box(x + LABEL_GAP, top, text.width, text.height), "start")


def _simplify(points):
    """Drop repeated points and points in the middle of a straight run."""
    points = [(round(x, 2), round(y, 2)) for x, y in points]
    points = points[:1] + [second for first, second in pairwise(points) if first != second]
    kept = points[:1]
    for previous, point, following in zip(points, points[1:], points[2:], strict=False):
        if not (previous[0] == point[0] == following[0] or previous[1] == point[1] == following[1]):
            kept.append(point)
    return (*kept, points[-1]) if len(points) > 1 else tuple(points)
