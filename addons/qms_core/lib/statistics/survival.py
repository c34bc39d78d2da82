"""How long things stay open, those that are still open counted honestly.

A median of what is closed flatters: what takes long is not closed yet. The product-limit estimator uses both
(E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958), 457-481).
"""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """From this time on, the estimated share that is still open; ``closed`` of ``at_risk`` closed then."""

    time: float
    open_share: float
    closed: int
    at_risk: int


def kaplan_meier(durations):
    """Estimate the share still open after each time.

    What is still open at the same time as something closes was at risk then, too (the usual convention).

    :param durations: pairs of how long it took so far, and whether it is closed; or a ``Counter`` of such pairs
    :return: one step for each time at which something closed
    :rtype: list[Step]

    >>> [(step.time, step.open_share) for step in kaplan_meier([(1, True), (2, False), (3, True)])]
    [(1, 0.6666666666666667), (3, 0.0)]
    """
    counts = durations if isinstance(durations, Counter) else Counter(tuple(pair) for pair in durations)
    closed, ended = Counter(), Counter()
    for (time, is_closed), count in counts.items():
        ended[time] += count
        if is_closed:
            closed[time] += count
    at_risk, share, steps = ended.total(), 1.0, []
    for time in sorted(ended):
        if closed[time]:
            share *= 1 - closed[time] / at_risk
            steps.append(Step(time, share, closed[time], at_risk))
        at_risk -= ended[time]
    return steps


def quantile(steps, share):
    """Return after what time a share is closed, or None while fewer are.

    :param steps: what :func:`kaplan_meier` returns
    :param float share: from 0 to 1; 0.5 is the median
    """
    # Rounding: a product of fractions that should be 0.5 may be a little more.
    return next((step.time for step in steps if step.open_share <= 1 - share + 1e-12), None)
