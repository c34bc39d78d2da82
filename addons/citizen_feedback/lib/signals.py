"""What makes a signal out of many marks: a burst of low ones, an average that falls. Plain Python, no Odoo."""

from dataclasses import dataclass
from itertools import combinations
from math import erfc, exp, lgamma, log, log1p, sqrt
from statistics import median

# The normal approximation of Mann and Kendall's statistic holds from here on (M. G. Kendall, Rank Correlation
# Methods, 1975).
FEWEST_VALUES = 8


@dataclass(frozen=True)
class Trend:
    """How values change: Kendall's S, its normal score, the chance of so clear a fall without any, and by how much."""

    s: int
    z: float
    chance: float
    change: float


def burst_chance(count, earlier, share):
    """Return how probable so many events are if they come as often as before.

    Counts of rare independent events follow Poisson's law. How often they came before is an estimate itself, so two
    Poisson counts are compared: given their sum, the later one is binomial with its share of the time, whatever the
    rate (J. Przyborowski, H. Wilenski, "Homogeneity of Results in Testing Samples from Poisson Series", Biometrika 31
    (1940), 313-323). It is exact for small counts and for services that had no low mark at all.

    :param int count: events in the window
    :param int earlier: events in the time before it
    :param float share: what part of the whole time the window is, between 0 and 1
    :return: the probability of this count or a higher one, from 0 to 1
    :raises ValueError: for counts below zero, or a share that is no part

    >>> round(burst_chance(5, 9, 1 / 91), 7)
    3e-07
    >>> round(burst_chance(0, 9, 0.5), 9)
    1.0
    """
    if count < 0 or earlier < 0 or not 0 < share < 1:
        raise ValueError("Counts are not below zero, and the window is a part of the time.")
    total = count + earlier
    return min(1.0, sum(_binomial(total, share, successes) for successes in range(count, total + 1)))


def _binomial(total, share, successes):
    # By logarithms: the number of combinations of a busy year fits into no float.
    ways = lgamma(total + 1) - lgamma(successes + 1) - lgamma(total - successes + 1)
    return exp(ways + successes * log(share) + (total - successes) * log1p(-share))


def falling(values):
    """Test whether values fall steadily, however irregular the steps.

    Mann and Kendall's test with the correction for ties (H. B. Mann, "Nonparametric Tests Against Trend", Econometrica
    13 (1945), 245-259; R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring, 16.4), one-sided,
    and the slope of Theil and Sen (P. K. Sen, JASA 63 (1968), 1379-1389).

    :param list values: at equal distances, the oldest first; None where there is no value
    :return: the trend, None with fewer values than the approximation needs
    :rtype: Trend

    >>> falling([5, 4.8, 4.9, 4.5, 4.4, 4.4, 4.1, 3.9]).chance < 0.01
    True
    >>> falling([4, 4, 4]) is None
    True
    """
    points = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(points) < FEWEST_VALUES:
        return None
    pairs = list(combinations(points, 2))
    s = sum((later > value) - (later < value) for (_place, value), (_later_place, later) in pairs)
    deviation = sqrt(_variance([value for _place, value in points]))
    z = (s + 1) / deviation if s < 0 and deviation else (s - 1) / deviation if s > 0 and deviation else 0.0
    slope = median((later - value) / (there - place) for (place, value), (there, later) in pairs)
    return Trend(s, z, erfc(-z / sqrt(2)) / 2, slope * (points[-1][0] - points[0][0]))


def _variance(values):
    """Return the variance of Kendall's S; equal values make it smaller."""
    ties = [values.count(value) for value in set(values)]
    return sum(sign * n * (n - 1) * (2 * n + 5) for sign, n in [(1, len(values)), *((-1, tie) for tie in ties)]) / 18
