"""Which of many names mean nearly the same: trigrams of their words, so that inflected forms count as alike.

Comparing each name with each other one grows with the square of their number. Two names that are alike enough must
share one of the rarest trigrams of each (the prefix filter of set joins), so only such pairs are compared.
"""

from collections import Counter, defaultdict
from math import ceil

from . import trigrams

# From here on two names are taken for the same function.
ALIKE = 0.7


def alike_pairs(texts, least=ALIKE):
    """Return the pairs of texts that are alike.

    :param dict texts: ``{key: text}``; keys sort
    :param float least: likeness from which on a pair counts, above 0
    :return: ``[(key, key, likeness)]``, the most alike first
    :rtype: list[tuple]
    """
    sets = {key: grams for key, text in texts.items() if (grams := trigrams.of_text(text))}
    frequency = Counter(gram for grams in sets.values() for gram in grams)
    found, seen_at = [], defaultdict(list)
    for key in sorted(sets):
        ours = sets[key]
        rare = sorted(ours, key=lambda gram: (frequency[gram], gram))[: _prefix(len(ours), least)]
        for other in {other for gram in rare for other in seen_at[gram]}:
            value = trigrams.likeness(ours, sets[other])
            if value >= least:
                found.append((other, key, round(value, 4)))
        for gram in rare:
            seen_at[gram].append(key)
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def _prefix(size, least):
    """Return how many of its rarest trigrams a set is found by: sets without any of them in common are less alike."""
    # Dice d with a set of s trigrams needs at least s · d / (2 - d) in common, for the smallest partner possible.
    return size - ceil(size * least / (2 - least)) + 1
