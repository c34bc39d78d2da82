"""Where everything of a fishbone stands, in pixels, y downwards.

Bones stand in pairs, one above and one below the spine, slanting towards the head on the right. All bones of a side
are parallel, so the causes of a bone keep clear of its neighbour when the distance between two bones is the width of
a text plus what a bone moves aside along the highest group of causes.
"""

from dataclasses import dataclass
from itertools import zip_longest

from ..layout.geometry import Box, Label
from ..layout.text import fit
from .model import Bone, Cause

TEXT_WIDTH = 168
# What a bone moves to the right for each pixel towards the spine.
SLANT = 0.28
MARGIN = 12
INDENT = 14
ROW_GAP = 7
GROUP_GAP = 12
TWIG_GAP = 3
SIZES = (11,)
NAME_SIZES = (12, 11, 10)
# The table of widths is that of the regular face; names stand in bold.
BOLD = 1.13
HEAD_WIDTH = 170
HEAD_PADDING = 12
# A text longer than that is no cause but a story; it ends with an ellipsis, the whole is its tooltip.
MAX_HEIGHT = 120
NAME_HEIGHT = 34
LEAST_HEIGHT = 90


@dataclass(frozen=True)
class PlacedCause:
    """A cause: ``label`` is its text, ``line`` the way from it to the bone or to the cause it explains."""

    cause: Cause
    depth: int
    label: Label
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PlacedBone:
    """A category: ``box`` holds its name, ``line`` leads from there to the spine."""

    bone: Bone
    box: Box
    label: Label
    line: tuple[tuple[float, float], tuple[float, float]]
    causes: tuple[PlacedCause, ...]


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    problem: str
    head: Box
    head_label: Label
    spine: tuple[tuple[float, float], tuple[float, float]]
    bones: tuple[PlacedBone, ...]


@dataclass(frozen=True)
class _Row:
    """A cause and its wrapped text, ``top`` pixels below the begin of its group."""

    cause: Cause
    depth: int
    parent: int | None
    fitted: object
    top: float

    @property
    def left(self):
        return INDENT * self.depth

    @property
    def bottom(self):
        return self.top + self.fitted.height


def place(fishbone):
    """Return the drawing of a fishbone.

    :param Fishbone fishbone: the problem and its causes
    :rtype: Drawing
    """
    groups = {index: [_rows(cause) for cause in bone.causes] for index, bone in enumerate(fishbone.bones)}
    tallest = max((_height(group) for rows in groups.values() for group in rows), default=0)
    pitch = TEXT_WIDTH + MARGIN + SLANT * tallest + 2 * MARGIN
    reach = max([LEAST_HEIGHT, *map(_reach, groups.values())])
    spine = MARGIN + NAME_HEIGHT + reach
    first = MARGIN + pitch + SLANT * reach
    bones, right = [], first
    for column, pair in enumerate(zip_longest(*[iter(enumerate(fishbone.bones))] * 2)):
        right = first + column * pitch
        for (index, bone), above in zip(filter(None, pair), (True, False), strict=False):
            bones.append(_bone(bone, groups[index], right, spine, reach, above))
    head, label = _head(fishbone.problem, right + 2 * MARGIN, spine)
    return Drawing(
        width=head.right + MARGIN,
        height=max(2 * spine, head.bottom + MARGIN),
        problem=fishbone.problem,
        head=head,
        head_label=label,
        spine=((MARGIN, spine), (head.x, spine)),
        bones=tuple(bones),
    )


def _rows(cause):
    """Return the texts of a cause and of what explains it, one below the other, by their depth."""
    rows, last, top = [], {}, 0
    for index, (item, depth) in enumerate(cause.walk()):
        # Deep chains would leave no room for words: from the sixth why on the indent stays.
        shown = min(depth, 5)
        fitted = fit(item.text or "?", TEXT_WIDTH - INDENT * shown, MAX_HEIGHT, SIZES)
        rows.append(_Row(item, shown, last.get(depth - 1), fitted, top))
        last[depth] = index
        # Below the uppermost text runs the twig to the bone.
        top += fitted.height + (ROW_GAP if depth else ROW_GAP + TWIG_GAP)
    return rows


def _height(rows):
    return rows[-1].bottom + TWIG_GAP


def _reach(groups):
    return sum(_height(rows) + GROUP_GAP for rows in groups) + 2 * GROUP_GAP


def _head(problem, left, spine):
    fitted = fit(problem or "?", (HEAD_WIDTH - 2 * HEAD_PADDING) / BOLD, 2 * spine - 2 * HEAD_PADDING, (13, 12, 11, 10))
    height = max(fitted.height + 2 * HEAD_PADDING, 56)
    box = Box(left, spine - height / 2, HEAD_WIDTH, height)
    return box, _centered(fitted, box)


def _centered(fitted, box):
    top = box.y + (box.height - fitted.height) / 2
    return Label(fitted.lines, fitted.size, Box(box.x, top, box.width, fitted.height), "middle", fitted.clipped)


def _bone(bone, groups, right, spine, reach, above):
    """Place a category whose bone meets the spine at ``right``."""

    def x_at(y):
        return right - SLANT * abs(spine - y)

    end = spine - reach if above else spine + reach
    box = Box(x_at(end) - TEXT_WIDTH / 2, end - NAME_HEIGHT if above else end, TEXT_WIDTH, NAME_HEIGHT)
    causes, top = [], (end + GROUP_GAP if above else spine + GROUP_GAP)
    for rows in groups:
        height = _height(rows)
        # The leftmost point of the bone beside the group: none of its texts may cross the line.
        left = min(x_at(top), x_at(top + height)) - MARGIN - TEXT_WIDTH
        causes += _placed(rows, left, top, x_at)
        top += height + GROUP_GAP
    return PlacedBone(
        bone,
        box,
        _centered(fit(bone.name, (TEXT_WIDTH - MARGIN) / BOLD, NAME_HEIGHT - 4, NAME_SIZES), box),
        ((x_at(end), end), (right, spine)),
        tuple(causes),
    )


def _placed(rows, left, top, x_at):
    for row in rows:
        fitted = row.fitted
        box = Box(left + row.left, top + row.top, fitted.width, fitted.height)
        label = Label(fitted.lines, fitted.size, box, "start", fitted.clipped)
        if row.parent is None:
            y = box.bottom + TWIG_GAP
            line = ((left, y), (x_at(y), y))
        else:
            parent, middle = rows[row.parent], box.y + fitted.size * 0.6
            start = top + parent.bottom + (TWIG_GAP if parent.parent is None else 1)
            # Where the indent stays the same, the bow leads around the text above.
            corner = left + min(parent.left + 4, row.left - 6)
            line = ((corner, start), (corner, middle), (box.x - 3, middle))
        yield PlacedCause(row.cause, row.depth, label, line)
