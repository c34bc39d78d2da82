"""What experts gave, criterion by criterion, beside what citizens gave. Plain Python: no database."""

from typing import NamedTuple

# Citizens give one to five stars; scores of other scales are brought to it.
LOWEST, HIGHEST = 1, 5


class Summary(NamedTuple):
    """Scores of one criterion on the citizens' scale: how many, their mean, and how far apart they lie."""

    count: int
    mean: float | None
    spread: float


def to_stars(score, highest):
    """Return a score of a scale from 1 to ``highest`` on the scale of the citizens' stars.

    >>> to_stars(1, 10), to_stars(10, 10), to_stars(4, 5), to_stars(5.5, 10)
    (1.0, 5.0, 4.0, 3.0)
    """
    return LOWEST + (HIGHEST - LOWEST) * (score - 1) / (highest - 1)


def summarise(scores, highest):
    """Return the scores of one criterion in short.

    :param scores: of the experts who could judge, on the scale from 1 to ``highest``
    :rtype: Summary

    >>> summarise([6, 10], 10)
    Summary(count=2, mean=4.111111111111111, spread=1.7777777777777777)
    >>> summarise([], 10).mean is None
    True
    """
    stars = [to_stars(score, highest) for score in scores]
    if not stars:
        return Summary(0, None, 0.0)
    return Summary(len(stars), sum(stars) / len(stars), max(stars) - min(stars))


def weighted(rows):
    """Return the mean of criteria by their weights; criteria nobody could judge don't count.

    :param rows: pairs of mean (or None) and weight
    :return: the mean, or None where nothing was judged

    >>> weighted([(5.0, 1), (2.0, 2), (None, 9)])
    3.0
    """
    judged = [(mean, weight) for mean, weight in rows if mean is not None and weight]
    total = sum(weight for _mean, weight in judged)
    return sum(mean * weight for mean, weight in judged) / total if total else None
