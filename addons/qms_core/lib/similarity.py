"""How alike two short texts are, for languages that inflect their words.

Words are compared by their trigrams, so "довідку", "довідки" and "довідка" count as nearly the same, and each word
looks for its best partner in the other text, so the order of the words doesn't matter. No dictionary is needed.
"""

from . import trigrams

# A title of five words of which three come back in another form reaches about 0.5.
LIKENESS = 0.5


def _word_likeness(first, second):
    if first == second:
        return 1.0
    shared = trigrams.likeness(trigrams.of_word(first), trigrams.of_word(second))
    # Below that they share an ending or a prefix by chance.
    return shared if shared >= 0.5 else 0.0


def likeness(first, second):
    """Return how alike two texts are, from 0 (no word in common) to 1 (the same words).

    Long words weigh more than short ones: they carry the meaning.

    >>> likeness("Черга понад годину", "Понад годину черга")
    1.0
    >>> likeness("Черга понад годину", "Немає бланка")
    0.0
    """
    ours, theirs = trigrams.words(first), trigrams.words(second)
    weight = sum(map(len, ours)) + sum(map(len, theirs))
    if not ours or not theirs:
        return 0.0
    matched = _matched(ours, theirs) + _matched(theirs, ours)
    return round(matched / weight, 4)


def _matched(ours, theirs):
    return sum(len(word) * max(_word_likeness(word, other) for other in theirs) for word in ours)
