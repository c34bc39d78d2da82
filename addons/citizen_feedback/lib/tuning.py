"""What false alarms teach: from which strength on a rule would have called for good reason."""

from collections import Counter
from dataclasses import dataclass

# With fewer answers, or false alarms, chance teaches.
FEWEST_ANSWERS, FEWEST_FALSE = 5, 2
# So much of what was no false alarm has to be found still.
KEPT_SHARE = 0.9


@dataclass(frozen=True)
class Proposal:
    """A limit, and what it would have changed: false alarms left out, real signals kept, of how many."""

    limit: float
    left_out: int
    false: int
    kept: int
    real: int


def propose_limit(samples):
    """Return the limit that leaves out most false alarms and keeps nearly all real signals.

    :param list samples: pairs of a signal's strength and whether it was a false alarm
    :return: the proposal; None if there are too few answers or no limit would help
    :rtype: Proposal

    >>> propose_limit([(3, True), (3, True), (4, True), (6, False), (7, False), (9, False)])
    Proposal(limit=6, left_out=3, false=3, kept=3, real=3)
    >>> propose_limit([(3, False), (9, True), (9, True), (9, True), (9, True)]) is None
    True
    """
    real = [strength for strength, is_false in samples if not is_false]
    false = [strength for strength, is_false in samples if is_false]
    if len(samples) < FEWEST_ANSWERS or len(false) < FEWEST_FALSE or not real:
        return None
    proposals = []
    for limit in sorted(set(real)):
        kept = sum(strength >= limit for strength in real)
        left_out = sum(strength < limit for strength in false)
        if left_out and kept >= KEPT_SHARE * len(real):
            proposals.append(Proposal(limit, left_out, len(false), kept, len(real)))
    # Of two that leave out as many, the lower one keeps more.
    return max(proposals, key=lambda proposal: (proposal.left_out, -proposal.limit), default=None)


def useless_words(samples):
    """Return the words that were found in false alarms only, and in several.

    :param list samples: pairs of the words found and whether it was a false alarm

    >>> useless_words([(["дай"], True), (["дай", "хабар"], False), (["чай"], True), (["чай"], True)])
    ['чай']
    """
    false = Counter(word for words, is_false in samples if is_false for word in words)
    real = {word for words, is_false in samples if not is_false for word in words}
    return sorted(word for word, count in false.items() if count >= FEWEST_FALSE and word not in real)
