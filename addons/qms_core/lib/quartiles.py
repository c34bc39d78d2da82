"""Quartiles of authorities' values, and what of them may be told to one of these authorities. Plain Python, no Odoo.

Quartiles are those of type 7 of Hyndman and Fan (Sample Quantiles in Statistical Packages, The American
Statistician 50 (1996), 361-365): linear interpolation at position ``(n - 1) * share`` between the ordered values,
as in R by default, numpy (``linear``) and a spreadsheet's QUARTILE.INC.

**What could be computed from them.** Between few authorities a quartile is nearly somebody's value: of three values the
median is one, and the lower quartile then gives the next. So who may not read all values is given less:

* Nothing below the smallest number of authorities (never less than ``FEWEST``), nor when fewer than ``FEWEST - 1`` of
  them are other people's.
* The quartiles of the *others*. Were the own value among them, one could move it and watch at which value of it a
  quartile moves along: that finds every neighbour exactly, in spite of any rounding.
* Rounded to a step not smaller than the mean distance of two neighbours within the box (its width holds about half of
  the values, so twice its width by their number) and 1 % of the median: so values of single others can't be told apart,
  and of one who joins or leaves no more is learnt than so many steps.
* No smallest and largest value, no place, no ranks. In which quarter the own value lies follows from the rounded
  quartiles that are shown, so it tells nothing more.
* Nothing for who gives nothing: without an own value there is no comparison.

What this can't prevent: several authorities that put together what each of them sees learn more than one alone.
"""

from math import floor, isclose, log10
from typing import NamedTuple

from .statistics import percentile

# Of three authorities two others are left: their quartiles are their values.
FEWEST = 4


class Box(NamedTuple):
    """The quartiles; ``step`` to which they are rounded, None for exact ones."""

    lower: float
    median: float
    upper: float
    step: float | None = None


class Comparison(NamedTuple):
    """What a reader is told of one period.

    ``scope`` is ``all`` (he may read each of the values), ``others`` (quartiles of the others) or ``none`` (he has no
    value of his own); ``total`` how many authorities are compared; ``box`` None where there are too few; ``places`` by
    authority, empty unless all may be read; ``known`` the values that he may read.
    """

    scope: str
    total: int
    box: Box | None
    places: dict
    known: dict


def quartiles(values):
    """Return the exact quartiles (type 7); None without values.

    >>> quartiles([1, 12, 14, 3, 96, 111])
    Box(lower=5.25, median=13.0, upper=75.5, step=None)
    >>> quartiles([]) is None
    True
    """
    if not values:
        return None
    return Box(*(percentile(values, share) for share in (25, 50, 75)))


def rough_quartiles(values):
    """Return the quartiles rounded so that no single value can be told from them (see above); None without values.

    >>> rough_quartiles([91, 94, 97])
    Box(lower=92.0, median=94.0, upper=96.0, step=2.0)
    >>> rough_quartiles([91.4, 93.5, 96.8]) == rough_quartiles([91, 94, 97])
    True
    """
    box = quartiles(values)
    if box is None:
        return None
    least = max(2 * (box.upper - box.lower) / len(values), abs(box.median) / 100)
    step = nice_step(least) if least else 1.0
    return Box(*(rounded(value, step) for value in box[:3]), step)


def nice_step(least):
    """Return the smallest of 1, 2, 5 times a power of ten that is not below ``least``.

    :param float least: above 0

    >>> nice_step(0.3), nice_step(2), nice_step(6)
    (0.5, 2.0, 10.0)
    """
    power = floor(log10(least))
    for factor in (1, 2, 5):
        step = round(factor * 10.0**power, -power if power < 0 else 0)
        if step >= least or isclose(step, least):
            return step
    return 10.0 ** (power + 1)


def rounded(value, step):
    """Return the multiple of ``step`` nearest to ``value``, a half upwards.

    >>> rounded(92.5, 2), rounded(0.14, 0.1)
    (92, 0.1)
    """
    return round(floor(value / step + 0.5) * step, digits_of(step))


def digits_of(step):
    """Return how many decimal digits a step has.

    >>> digits_of(0.05), digits_of(20)
    (2, 0)
    """
    return max(0, -floor(log10(step) + 1e-9))


def places(values, higher):
    """Return the places from the best value on; equal values share one, and the next is skipped.

    :param dict values: value by authority
    :param bool higher: whether a higher value is better

    >>> places({"a": 90, "b": 95, "c": 90, "d": 80}, higher=True)
    {'a': 2, 'b': 1, 'c': 2, 'd': 4}
    """
    return {
        name: 1 + sum((other > value) if higher else (other < value) for other in values.values())
        for name, value in values.items()
    }


def quarter(value, box, higher):
    """Return in which quarter of the box a value lies: 1 the best to 4.

    >>> [quarter(value, Box(10, 20, 30), higher=True) for value in (30, 20, 19, 9)]
    [1, 2, 3, 4]
    >>> quarter(9, Box(10, 20, 30), higher=False)
    1
    """
    limits = (box.upper, box.median, box.lower) if higher else (box.lower, box.median, box.upper)
    for number, limit in enumerate(limits, start=1):
        if (value >= limit) if higher else (value <= limit):
            return number
    return 4


def compare(values, mine, smallest, higher):
    """Compare the values of one period for one reader.

    :param dict values: value by authority
    :param mine: the authorities whose values the reader may read anyway (and perhaps change)
    :param int smallest: from how many authorities on quartiles are told; ``FEWEST`` at least
    :param bool higher: whether a higher value is better
    :rtype: Comparison

    >>> compare({"a": 90, "b": 91, "c": 94, "d": 97}, {"a"}, 4, True).box
    Box(lower=92.0, median=94.0, upper=96.0, step=2.0)
    >>> compare({"a": 90, "b": 91, "c": 94}, {"a"}, 1, True).box is None
    True
    """
    smallest = max(smallest, FEWEST)
    known = {name: value for name, value in values.items() if name in mine}
    others = [value for name, value in values.items() if name not in mine]
    enough = len(values) >= smallest
    if not known:
        return Comparison("none", len(values), None, {}, {})
    if not others:
        box = quartiles(list(values.values())) if enough else None
        return Comparison("all", len(values), box, places(values, higher) if enough else {}, known)
    enough = enough and len(others) >= FEWEST - 1
    return Comparison("others", len(values), rough_quartiles(others) if enough else None, {}, known)


def scale(values, marks=4):
    """Return a scale on which all values stand: its first and last value and its marks.

    >>> scale([91.5, 97])
    (90.0, 98.0, [90.0, 92.0, 94.0, 96.0, 98.0])
    >>> scale([7])[2]
    [6.0, 7.0, 8.0]
    """
    low, high = min(values), max(values)
    if low == high:
        low, high, marks = low - 1, high + 1, 2
    step = nice_step((high - low) / marks)
    first, last = floor(low / step), -floor(-high / step)
    ticks = [round(number * step, digits_of(step)) for number in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks
