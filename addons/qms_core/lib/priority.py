"""What to improve first: demand × complaints × time, by ranks instead of raw figures.

Raw figures can't be multiplied: a thousand applications would drown ten complaints. Each factor becomes a rank between
0 (none) and 1 (the largest of all), and the ranks are multiplied as ``1 + rank``, so that a factor that is missing
lowers the score but doesn't annul the others.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

FACTORS = ("demand", "complaints", "lead_hours")


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score from 0 to 100 and the rank of each factor from 0 to 1."""

    key: object
    score: float
    ranks: dict

    def level(self, factor):
        """Return how much of a factor there is, compared with the others: high, medium, low or none."""
        rank = self.ranks[factor]
        return "high" if rank > 2 / 3 else "medium" if rank > 1 / 3 else "low" if rank else "none"


def rank_values(values):
    """Return each value's rank: the share of the positive values up to it, counted to the middle of its equals.

    >>> rank_values([0, 10, 20, 20, 500])
    [0.0, 0.25, 0.625, 0.625, 1.0]

    A value of 0 or less has rank 0, and the largest one has rank 1 when it is alone:

    >>> rank_values([0, 7])
    [0.0, 1.0]
    """
    positive = sorted(value for value in values if value > 0)
    return [_rank(value, positive) for value in values]


def _rank(value, positive):
    if value <= 0:
        return 0.0
    below = bisect_left(positive, value)
    equal = bisect_right(positive, value) - below
    # Counted to the middle of its equals, from the first place (1/n) to the last (1).
    return (below + (equal + 1) / 2) / len(positive)


def prioritise(inputs, factors=FACTORS):
    """Rank candidates by the product of their factors.

    :param dict inputs: ``{key: {factor: number}}``; a factor that is not given counts as 0
    :param factors: names of the factors
    :return: the candidates, best to improve first; equal ones in the order given
    :rtype: list[Ranked]
    """
    ranks = {
        factor: dict(zip(inputs, rank_values([row.get(factor) or 0 for row in inputs.values()]), strict=True))
        for factor in factors
    }
    ranked = [
        Ranked(key, _score([ranks[f][key] for f in factors]), {f: ranks[f][key] for f in factors}) for key in inputs
    ]
    return sorted(ranked, key=lambda row: -row.score)


def _score(ranks):
    product = 1.0
    for rank in ranks:
        product *= 1 + rank
    return round(100 * (product - 1) / (2 ** len(ranks) - 1), 1)
