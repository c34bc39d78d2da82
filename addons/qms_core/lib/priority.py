"""What to improve first: demand × complaints × time, by ranks instead of raw figures.

Raw figures can't be multiplied: a thousand applications would drown ten complaints. Each factor becomes a rank between
0 (none) and 1 (the largest of all), and the ranks are multiplied as ``1 + rank``, so that a factor that is missing
lowers the score but doesn't annul the others.

Actions are weighed on scales from 1 to 5 instead: each stands for itself, whatever the others are.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

FACTORS = ("demand", "complaints", "lead_hours")
# From which weight on an action is urgent: of 25, what is serious for citizens and costs little; of 3, the middle.
WEIGHT_LEVELS = ((8, "high"), (3, "medium"))


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


def weigh(significance, citizen_effect, cost_class):
    """Return how much an action is worth: significance × effect on citizens ÷ cost, each from 1 to 5.

    :return: from 0.2 to 25; 0 while one of the three is not assessed

    >>> weigh(5, 5, 1), weigh(5, 4, 2), weigh(1, 1, 5), weigh(5, 0, 1)
    (25.0, 10.0, 0.2, 0.0)
    """
    if not (significance and citizen_effect and cost_class):
        return 0.0
    return round(significance * citizen_effect / cost_class, 2)


def weight_level(weight):
    """Return the level of a weight: high, medium, low or none.

    >>> [weight_level(weight) for weight in (25, 8, 7.5, 0.2, 0)]
    ['high', 'high', 'medium', 'low', 'none']
    """
    return next((level for least, level in WEIGHT_LEVELS if weight >= least), "low" if weight > 0 else "none")
