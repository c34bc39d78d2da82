"""What a value means: the traffic light of an indicator, and where computed values come from."""

from collections.abc import Callable
from typing import NamedTuple

MET, NEAR, MISSED = "met", "near", "missed"
# Sums of decimals must not miss their target by what a computer makes of 0.1.
DIGITS = 9


class Provider(NamedTuple):
    """A source of values that an addon offers.

    ``method`` is called with an indicator and a list of ``lib.periods.Period``, once for all periods that are to be
    measured; it returns ``{period: value}`` and leaves out what can't be told. It is called as the system: what it
    returns is read by everybody who may read the indicator, so it returns figures of many cases, never single ones.
    """

    label: str
    method: Callable


def judge(value, target, threshold, direction):
    """Return the light of a value: ``met``, ``near`` the target, or ``missed``.

    :param float threshold: the value from which on a missed target is red; the target itself where nothing between
        counts as near
    :param str direction: which values are better, ``higher`` or ``lower``

    >>> [judge(value, 95, 90, "higher") for value in (95, 94, 90)]
    ['met', 'near', 'missed']
    >>> [judge(value, 15, 20, "lower") for value in (15, 19.9, 20)]
    ['met', 'near', 'missed']
    """
    sign = 1 if direction == "higher" else -1
    value, target, threshold = (sign * round(number, DIGITS) for number in (value, target, threshold))
    if value >= target:
        return MET
    return NEAR if value > threshold else MISSED


def wrong_way_round(target, threshold, direction):
    """Tell whether a threshold lies on the good side of its target.

    >>> wrong_way_round(95, 99, "higher"), wrong_way_round(15, 20, "lower")
    (True, False)
    """
    return threshold > target if direction == "higher" else threshold < target


def missed_in_a_row(lights):
    """Return how many targets were missed without a break at the end.

    :param list lights: of consecutive periods, the oldest first

    >>> missed_in_a_row(["missed", "met", "missed", "missed"])
    2
    """
    count = 0
    for light in reversed(lights):
        if light != MISSED:
            break
        count += 1
    return count
