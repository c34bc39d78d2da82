"""How many people must be asked, and how far what they say may lie from what all would say. Plain Python.

All of it holds for simple random samples only (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapters 2-4):
who answers a link on his own account is no random sample, and the margin then is a lower bound.
"""

from math import ceil, cos, pi, sin, sqrt
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


class Share(NamedTuple):
    """The share of an answer, and between which limits that of all people lies; all three from 0 to 1."""

    share: float
    lower: float
    upper: float

    @property
    def margin(self):
        """How far the true share may lie away, at most: near 0 and 1 the limits are not equally far."""
        return max(self.share - self.lower, self.upper - self.share)


class Change(NamedTuple):
    """How much a mean or a share has changed; ``is_certain`` when that is more than chance would bring."""

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


def quantile_of_mean(confidence, freedom):
    """Return the same for a mean whose scatter is known from the sample itself: Student's quantile.

    Of one and two degrees of freedom it is exact, of more by the expansion of Cornish and Fisher (Abramowitz and
    Stegun, Handbook of Mathematical Functions, 26.7.5), which errs by less than 2 % from three on.

    :param int freedom: answers less one

    >>> [round(quantile_of_mean(0.95, freedom), 2) for freedom in (1, 2, 4, 30, 1000)]
    [12.71, 4.3, 2.78, 2.04, 1.96]
    """
    tail = (1 - confidence) / 2
    if freedom == 1:
        return cos(pi * tail) / sin(pi * tail)
    if freedom == 2:
        return (1 - 2 * tail) / sqrt(2 * tail * (1 - tail))
    z = quantile(confidence)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / freedom + second / freedom**2 + third / freedom**3 + fourth / freedom**4


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


def share_of(part, count, population=0, confidence=0.95):
    """Return the share of an answer with its limits, or None where nobody answered.

    The limits are Wilson's score interval (E. B. Wilson, JASA 22 (1927), 209-212), which stays honest where nobody or
    everybody gave the answer: three who all say yes don't make it certain that all would.

    >>> found = share_of(30, 40)
    >>> found.share, round(found.lower, 3), round(found.upper, 3)
    (0.75, 0.598, 0.858)
    >>> round(share_of(3, 3).lower, 2), share_of(3, 3).upper, share_of(3, 3, population=3).lower
    (0.44, 1.0, 1.0)
    """
    if not count:
        return None
    share, correction = part / count, _correction(count, population)
    if not correction:
        return Share(share, share, share)
    # A sample from a small population tells as much as a larger one from an endless one.
    told, square = count / correction**2, quantile(confidence) ** 2
    centre = (share + square / (2 * told)) / (1 + square / told)
    width = sqrt(square * (share * (1 - share) / told + square / (4 * told**2))) / (1 + square / told)
    # Rounding: the share itself is never outside.
    return Share(share, min(share, max(0.0, centre - width)), max(share, min(1.0, centre + width)))


def mean_of(values, population=0):
    """Return the mean of answers with its standard error, or None for fewer than two answers.

    :param values: pairs of a number and how often it was answered
    :param int population: how many could have answered; 0 where it is not known and large

    >>> mean_of([(3, 1), (4, 2), (5, 1)])
    Mean(count=4, mean=4.0, deviation=0.816496580927726, error=0.408248290463863)
    """
    values = list(values)
    count = sum(times for _value, times in values)
    if count < 2:
        return None
    mean = sum(value * times for value, times in values) / count
    deviation = sqrt(sum(times * (value - mean) ** 2 for value, times in values) / (count - 1))
    return Mean(count, mean, deviation, deviation / sqrt(count) * _correction(count, population))


def change(before, after):
    """Return how a mean changed between two rounds of a survey with different people.

    :param before: mean and margin of the earlier round
    :param after: the same of the later round

    >>> change((3.5, 0.1), (3.8, 0.1)).is_certain, change((3.5, 0.4), (3.8, 0.4)).is_certain
    (True, False)
    """
    by = after[0] - before[0]
    margin = sqrt(before[1] ** 2 + after[1] ** 2)
    return Change(by, margin, abs(by) > margin)


def change_of_share(before, after):
    """Return how a share changed between two rounds (R. G. Newcombe, Statistics in Medicine 17 (1998), method 10).

    :param Share before: of the earlier round
    :param Share after: of the later round

    >>> change_of_share(share_of(20, 40), share_of(38, 40)).is_certain
    True
    >>> change_of_share(share_of(3, 3), share_of(2, 3)).is_certain
    False
    """
    by = after.share - before.share
    down = sqrt((after.share - after.lower) ** 2 + (before.upper - before.share) ** 2)
    up = sqrt((after.upper - after.share) ** 2 + (before.share - before.lower) ** 2)
    # Towards zero, the side that decides.
    margin = down if by > 0 else up
    return Change(by, margin, abs(by) > margin)


def _correction(count, population):
    """Return by what the error shrinks as part of the population is known already.

    More answers than people: the number of people is wrong, or some answered twice. Then nothing is known of it.
    """
    if not population or count > population:
        return 1.0
    return sqrt((population - count) / max(1, population - 1))
