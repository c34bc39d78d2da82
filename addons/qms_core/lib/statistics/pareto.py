"""Pareto analysis: the few causes that make most of the trouble (J. M. Juran, Quality Control Handbook)."""

from dataclasses import dataclass

VITAL_SHARE = 80.0


@dataclass(frozen=True)
class Bar:
    """One cause: how often, and what share of all it and those before it make, in percent."""

    key: object
    count: int
    share: float
    cumulative: float
    vital: bool


def pareto(counts, vital_share=VITAL_SHARE):
    """Rank causes by how often they occur.

    The vital few are those that are needed to reach the vital share: every cause before which less than that
    share was reached. Equal counts keep their order.

    :param dict counts: how often each cause occurred; causes that never did are left out
    :param float vital_share: in percent
    :return: the bars, the highest first
    :rtype: list[Bar]
    :raises ValueError: for a negative count

    >>> [(bar.key, round(bar.cumulative), bar.vital) for bar in pareto({"a": 5, "b": 30, "c": 15})]
    [('b', 60, True), ('c', 90, True), ('a', 100, False)]
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("Causes can't occur less than never.")
    total = sum(counts.values())
    bars, reached = [], 0
    for key, count in sorted(counts.items(), key=lambda item: -item[1]):
        if not count:
            continue
        before, reached = reached, reached + count
        bars.append(Bar(key, count, 100 * count / total, 100 * reached / total, 100 * before / total < vital_share))
    return bars
