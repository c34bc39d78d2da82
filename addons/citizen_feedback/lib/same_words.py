"""Which texts are near-identical: letters that many people sign and send, each with his own name and small changes.

A text is the set of its runs of three words. Two texts that share enough of them must share one of the rarest of each
(the prefix filter of set joins), so only few pairs are compared, however many texts there are.
"""

from collections import Counter, defaultdict
from math import ceil

from odoo.addons.qms_core.lib import trigrams

RUN = 3
# From here on two texts are the same letter: a name, a house number and a sentence of one's own leave about 0.6.
SAME = 0.5
# Texts with fewer runs ("No water!") are alike by chance.
SHORTEST = 6


def runs(text):
    """Return the runs of three words of a text.

    >>> sorted(runs("Просимо полагодити ліхтар біля школи"))[0]
    ('полагодити', 'ліхтар', 'біля')
    """
    words = trigrams.words(text)
    return frozenset(words[start : start + RUN] for start in range(len(words) - RUN + 1))


def groups(texts, least=SAME):
    """Return the groups of near-identical texts.

    :param dict texts: ``{key: text}``; keys sort, and the first one names its group
    :param float least: share of common runs (Dice) from which on two texts are the same letter
    :return: ``{key: key of the first text of its group}``, of texts that have a like one
    :rtype: dict
    """
    first = {}
    for one, other in _pairs(texts, least):
        head, tail = sorted((_root(first, one), _root(first, other)))
        first[tail] = first[head] = head
        first.setdefault(one, head)
        first.setdefault(other, head)
    return {key: _root(first, key) for key in first}


def _root(first, key):
    while first.get(key, key) != key:
        key = first[key]
    return key


def _pairs(texts, least):
    sets = {key: found for key, text in texts.items() if len(found := runs(text)) >= SHORTEST}
    frequency = Counter(run for found in sets.values() for run in found)
    seen_at = defaultdict(list)
    for key in sorted(sets):
        ours = sets[key]
        # Dice d with a set of s runs needs at least s · d / (2 - d) in common, for the smallest partner possible.
        rare = sorted(ours, key=lambda run: (frequency[run], run))[
            : len(ours) - ceil(len(ours) * least / (2 - least)) + 1
        ]
        for other in {other for run in rare for other in seen_at[run]}:
            if trigrams.likeness(ours, sets[other]) >= least:
                yield other, key
        for run in rare:
            seen_at[run].append(key)
