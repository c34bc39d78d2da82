"""How many people must be asked, and how far what they say may lie from what all would say. Plain Python.

All of it holds for simple random samples only (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapters 2-4):
who answers a link on his own account is no random sample, and the margin then is a lower bound.
"""

from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCES = (0.90, 0.95, 0.99)
# The share of which the margin is largest: who doesn't know the share plans with it.
WORST_SHARE = 0.5


class Mean(NamedTuple):
    """The mean of answers: how many there are, how they scatter, and the standard error of the mean."""

    count: int
    mean: float
    deviation: float
    error: float


class Change(NamedTuple):
    """How much a mean has changed; ``is_certain`` when that is more than chance would bring."""

    by: float
    margin: float
    is_certain: bool


def quantile(confidence):
    """Return between how many standard errors the share ``confidence`` of all samples lies.

    >>> round(quantile(0.95), 2)
    1.96
    """
    if not 0 < confidence < 1:
        raise ValueError("A confidence lies between 0 and 1.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def sample_size(population, margin, confidence=0.95, share=WORST_SHARE):
    """Return how many of a population must answer (Cochran's formula with finite population correction).

    :param int population: how many people there are; 0 where it is not known and large
    :param float margin: the wanted margin of error, a share: 0.05 is 5 percentage points
    :param float confidence: in how many of all samples the margin holds
    :param float share: the expected share of the answer
    :rtype: int
    :raises ValueError: for a margin or confidence that is no share

    >>> sample_size(0, 0.05), sample_size(1000, 0.05), sample_size(40, 0.05)
    (385, 278, 37)
    """
    if not 0 < margin < 1:
        raise ValueError("A margin lies between 0 and 1.")
    endless = quantile(confidence) ** 2 * share * (1 - share) / margin**2
    needed = endless / (1 + (endless - 1) / population) if population else endless
    # Rounding: what should be 37 may be a little more.
    return max(1, ceil(needed - 1e-9))


def margin_of_share(count, population=0, confidence=0.95, share=WORST_SHARE):
    """Return the margin of error of a share, or None where nobody answered.

    >>> round(margin_of_share(278, 1000), 3), margin_of_share(40, 40), margin_of_share(0)
    (0.05, 0.0, None)
    """
    if not count:
        return None
    return quantile(confidence) * sqrt(share * (1 - share) / count) * _correction(count, population)


def mean_of(values, population=0):
    """Return the mean of answers with its standard error, or None for fewer than two answers.

    :param values: numbers
    :param int population: how many could have answered; 0 where it is not known and large

    >>> mean_of([4, 5, 3, 4])
    Mean(count=4, mean=4.0, deviation=0.816496580927726, error=0.408248290463863)
    """
    values = list(values)
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    deviation = sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return Mean(len(values), mean, deviation, deviation / sqrt(len(values)) * _correction(len(values), population))


def change(before, after, confidence=0.95):
    """Return how a mean changed between two rounds of a survey with different people.

    :param before: mean and standard error of the earlier round
    :param after: the same of the later round

    >>> change((3.5, 0.05), (3.8, 0.05)).is_certain, change((3.5, 0.2), (3.8, 0.2)).is_certain
    (True, False)
    """
    by = after[0] - before[0]
    margin = quantile(confidence) * sqrt(before[1] ** 2 + after[1] ** 2)
    return Change(by, margin, abs(by) > margin)


def _correction(count, population):
    """Return by what the error shrinks as part of the population is known already."""
    if not population:
        return 1.0
    return sqrt(max(0, population - count) / max(1, population - 1))
