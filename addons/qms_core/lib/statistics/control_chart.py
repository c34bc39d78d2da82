"""Shewhart's chart of individual values and moving ranges (I-MR, XmR).

Limits lie three sigma from the mean, sigma being estimated from the mean moving range of neighbours:
``mean ± 3 · MR̄ / d2`` with ``d2 = 1.128`` for ranges of two, that is ``mean ± 2.660 · MR̄``; the upper limit of the
moving range is ``D4 · MR̄ = 3.267 · MR̄``. Sources: ISO 7870-2:2013; D. C. Montgomery, Introduction to Statistical
Quality Control, 6.4; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.

Signals are the tests of L. S. Nelson, "The Shewhart Control Chart – Tests for Special Causes", Journal of Quality
Technology 16 (1984), 237-239: of his eight, those that can be explained to everybody without sigma zones.
"""

from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

D2, D4 = 1.128, 3.267
# What a reader needs to check the limits by hand.
CONSTANTS = {"individuals": 2.66, "range": D4}
ONE_SIDE, TREND = 9, 6
# Two limits of decimal inputs are equal up to their rounding.
TOLERANCE = 1e-9


class Rule(str, Enum):
    """Why a point is a signal."""

    BEYOND = "beyond"  # Nelson 1: one point beyond three sigma
    ONE_SIDE = "one_side"  # Nelson 2: nine points in a row on the same side of the mean
    TREND = "trend"  # Nelson 3: six points in a row steadily increasing or decreasing
    RANGE = "range"  # a moving range beyond its limit: a jump between neighbours


@dataclass
class Point:
    """One value, its distance to the one before, and what it signals."""

    value: float
    moving_range: float | None = None
    rules: set = field(default_factory=set)


@dataclass(frozen=True)
class Chart:
    """A control chart: its points, its centre lines and limits."""

    points: list
    mean: float
    lower: float
    upper: float
    mean_range: float
    upper_range: float

    @property
    def in_control(self):
        """Whether no rule is broken."""
        return not any(point.rules for point in self.points)


def individuals(values, floor=None):
    """Return the chart of individual values in their order of time.

    :param values: numbers, two at least
    :param float floor: what the values can't fall below (0 for counts): the lower limit is not drawn below it
    :rtype: Chart
    :raises ValueError: for fewer than two values

    >>> chart = individuals([10, 12, 11, 13])
    >>> chart.mean, round(chart.mean_range, 3), round(chart.upper, 2), round(chart.upper_range, 2)
    (11.5, 1.667, 15.93, 5.45)
    """
    values = list(values)
    if len(values) < 2:
        raise ValueError("A moving range needs two values at least.")
    ranges = [abs(second - first) for first, second in pairwise(values)]
    mean, mean_range = sum(values) / len(values), sum(ranges) / len(ranges)
    width = 3 * mean_range / D2
    lower = mean - width if floor is None else max(mean - width, floor)
    chart = Chart(
        points=[Point(value, moving) for value, moving in zip(values, [None, *ranges], strict=True)],
        mean=mean,
        lower=lower,
        upper=mean + width,
        mean_range=mean_range,
        upper_range=D4 * mean_range,
    )
    _mark_beyond(chart)
    _mark_one_side(chart)
    _mark_trends(chart)
    return chart


def _mark_beyond(chart):
    for point in chart.points:
        if point.value > chart.upper + TOLERANCE or point.value < chart.lower - TOLERANCE:
            point.rules.add(Rule.BEYOND)
        if point.moving_range is not None and point.moving_range > chart.upper_range + TOLERANCE:
            point.rules.add(Rule.RANGE)


def _mark_one_side(chart):
    """Mark the ninth and each further point of a run on one side; a point on the mean ends the run."""
    run, side = 0, 0
    for point in chart.points:
        distance = point.value - chart.mean
        here = 0 if abs(distance) <= TOLERANCE else (1 if distance > 0 else -1)
        run = run + 1 if here and here == side else int(bool(here))
        side = here
        if run >= ONE_SIDE:
            point.rules.add(Rule.ONE_SIDE)


def _mark_trends(chart):
    """Mark the sixth and each further point of a row that only rises or only falls; equal values end it."""
    run, direction = 1, 0
    for before, point in pairwise(chart.points):
        change = point.value - before.value
        here = 0 if abs(change) <= TOLERANCE else (1 if change > 0 else -1)
        run = run + 1 if here and here == direction else (2 if here else 1)
        direction = here
        if run >= TREND:
            point.rules.add(Rule.TREND)
