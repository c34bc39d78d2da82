"""What the cases of a service say: how many, how long, in time or not, when in the year. Plain Python: no database.

Cases come counted by what matters of them, so that a million cost no more than a thousand.
"""

from collections import Counter
from math import atanh, sqrt, tanh
from typing import NamedTuple

from odoo.addons.qms_core.lib.statistics import kaplan_meier, quantile

MONTHS_A_YEAR = 12
# Under so many pairs a correlation is chance (its interval covers nearly everything).
FEWEST_PAIRS = 5
NORMAL_95 = 1.959964


class Cases(NamedTuple):
    """So many cases that are alike.

    ``days`` are those they took or, while they have no result, those they have waited so far. ``in_time`` is None
    without a norm, and while an open case still has time; one that is open after its last day is not in time.
    """

    days: int
    in_time: bool | None
    result: str | None
    count: int


class Figures(NamedTuple):
    """The figures of cases; shares in percent, None where there is nothing to count.

    ``judged`` are the cases for which a norm was in force and that are finished or should be: who never finishes what
    is late would be always in time otherwise. For the same reason median and percentile count open cases as far as
    they have waited (they are None while too many are open to tell); the mean is that of finished cases.
    """

    count: int
    done: int
    judged: int
    in_time: int
    in_time_share: float | None
    mean_days: float | None
    median_days: float | None
    p90_days: float | None
    refused: int
    refused_share: float | None
    withdrawn: int


class Correlation(NamedTuple):
    """Spearman's rank correlation of ``pairs`` pairs, and between which limits it lies with 95 % certainty."""

    rho: float
    lower: float
    upper: float
    pairs: int

    @property
    def is_certain(self):
        """Whether the interval leaves zero out, so that it is probably no chance."""
        return self.lower > 0 or self.upper < 0


def figures(rows):
    """Return the figures of cases.

    :param rows: :class:`Cases`, in any order
    :rtype: Figures

    >>> found = figures([Cases(3, True, "granted", 3), Cases(40, False, "refused", 1), Cases(2, None, None, 2)])
    >>> found.count, found.done, found.in_time_share, found.median_days, found.refused_share
    (6, 4, 75.0, 3, 25.0)
    """
    rows = list(rows)
    done = [row for row in rows if row.result]
    judged, in_time = _count(rows, lambda row: row.in_time is not None), _count(rows, lambda row: row.in_time)
    waits = kaplan_meier(_durations(rows))
    refused, finished = _count(done, lambda row: row.result == "refused"), _count(done)
    return Figures(
        count=_count(rows),
        done=finished,
        judged=judged,
        in_time=in_time,
        in_time_share=_share(in_time, judged),
        mean_days=sum(row.days * row.count for row in done) / finished if finished else None,
        median_days=quantile(waits, 0.5),
        p90_days=quantile(waits, 0.9),
        refused=refused,
        refused_share=_share(refused, finished),
        withdrawn=_count(done, lambda row: row.result == "withdrawn"),
    )


def seasonality(counts):
    """Return how much more or less than usual is asked for in each month of the year.

    With two years and more by the ratio to the centred moving average of twelve months, which takes a growth out
    (classical decomposition: W. M. Persons, "Indices of Business Conditions", Review of Economics and Statistics 1
    (1919); Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3.4). With one year by the ratio to its
    mean, which can't tell the season from the growth or from chance. The indices have the mean 1.

    :param list counts: of consecutive whole months, ``(month of the year, count)``, the oldest first
    :return: ``{month: index}`` for all twelve months; empty for less than a year or where nothing was asked for
    :rtype: dict

    >>> season = seasonality([(month, 20 if month == 8 else 9) for month in range(1, 13)])
    >>> round(season[8], 2), round(season[1], 2)
    (2.02, 0.91)
    """
    if len(counts) < MONTHS_A_YEAR:
        return {}
    ratios = _ratios_to_trend(counts) if len(counts) >= 2 * MONTHS_A_YEAR else {}
    if len(ratios) < MONTHS_A_YEAR:
        last_year = counts[-MONTHS_A_YEAR:]
        ratios = {month: [count] for month, count in last_year}
    means = {month: sum(values) / len(values) for month, values in sorted(ratios.items())}
    usual = sum(means.values()) / len(means)
    return {month: mean / usual for month, mean in means.items()} if usual else {}


def spearman(pairs, averages=1):
    """Return the rank correlation of pairs: do high values of one go with high values of the other?

    Ranks of equal values are averaged. The interval is Fisher's with the variance of Bonett and Wright ("Sample size
    requirements for estimating Pearson, Kendall and Spearman correlations", Psychometrika 65 (2000), 23-28).

    :param pairs: numbers
    :param int averages: how many averages were taken out of the pairs, one for each group whose pairs are compared
        among themselves; each takes the freedom of one pair
    :return: a :class:`Correlation`; None for fewer than five pairs, or where one side never changes

    >>> spearman([(1, 5), (2, 4), (3, 3), (4, 2), (9, 1)]).rho
    -1.0
    >>> spearman([(1, 1)] * 9) is None
    True
    """
    pairs = list(pairs)
    if len(pairs) < FEWEST_PAIRS:
        return None
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    rho = _pearson(first, second)
    if rho is None:
        return None
    if abs(rho) == 1:
        return Correlation(rho, rho, rho, len(pairs))
    width = NORMAL_95 * sqrt((1 + rho**2 / 2) / max(1, len(pairs) - averages - 2))
    return Correlation(rho, tanh(atanh(rho) - width), tanh(atanh(rho) + width), len(pairs))


def _count(rows, condition=lambda row: True):
    return sum(row.count for row in rows if condition(row))


def _share(part, whole):
    return 100 * part / whole if whole else None


def _durations(rows):
    durations = Counter()
    for row in rows:
        durations[row.days, bool(row.result)] += row.count
    return durations


def _ratios_to_trend(counts):
    """Return ``{month: [count by its trend, one a year]}``; the first and last half year have no trend."""
    ratios, half = {}, MONTHS_A_YEAR // 2
    for index in range(half, len(counts) - half):
        month, count = counts[index]
        around = [value for _month, value in counts[index - half : index + half + 1]]
        # Thirteen months of which the outer two, the same month of two years, count half.
        trend = (sum(around) - (around[0] + around[-1]) / 2) / MONTHS_A_YEAR
        if trend:
            ratios.setdefault(month, []).append(count / trend)
    return ratios


def _ranks(values):
    """Return the rank of each value; equal ones share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for position in range(start, end + 1):
            ranks[order[position]] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def _pearson(first, second):
    mean_first, mean_second = sum(first) / len(first), sum(second) / len(second)
    shared = sum((x - mean_first) * (y - mean_second) for x, y in zip(first, second, strict=True))
    spread = sqrt(sum((x - mean_first) ** 2 for x in first) * sum((y - mean_second) ** 2 for y in second))
    return max(-1.0, min(1.0, shared / spread)) if spread else None
