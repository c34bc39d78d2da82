"""How alike two short texts are, for languages that inflect their words.

Words are compared by their trigrams, so "довідку", "довідки" and "довідка" count as nearly the same, and each word
looks for its best partner in the other text, so the order of the words doesn't matter. No dictionary is needed.
"""

import re
from functools import lru_cache

# A title of five words of which three come back in another form reaches about 0.5.
LIKENESS = 0.5
_WORD = re.compile(r"[^\W_]+")
# Shorter ones are prepositions and conjunctions in the languages of our users; numbers tell dates, not what happened.
_SHORTEST = 3


def words(text):
    """Return the words of a text that tell what it is about, each once, in their order.

    >>> words("Не видано довідку про склад сім’ї, довідку!")
    ('видано', 'довідку', 'про', 'склад', 'сім')
    """
    found = (word for word in _WORD.findall((text or "").casefold()) if len(word) >= _SHORTEST and not word.isdigit())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def _trigrams(word):
    padded = f"  {word} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))


def _word_likeness(first, second):
    if first == second:
        return 1.0
    ours, theirs = _trigrams(first), _trigrams(second)
    shared = 2 * len(ours & theirs) / (len(ours) + len(theirs))
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
    ours, theirs = words(first), words(second)
    weight = sum(map(len, ours)) + sum(map(len, theirs))
    if not ours or not theirs:
        return 0.0
    matched = _matched(ours, theirs) + _matched(theirs, ours)
    return round(matched / weight, 4)


def _matched(ours, theirs):
    return sum(len(word) * max(_word_likeness(word, other) for other in theirs) for word in ours)


def most_like(text, candidates, least=LIKENESS):
    """Return the candidates that are like a text, the most alike first.

    :param str text: what is looked for
    :param dict candidates: ``{key: text}``
    :param float least: likeness from which on a candidate counts
    :return: keys of ``candidates``
    :rtype: list
    """
    found = {key: likeness(text, other) for key, other in candidates.items()}
    return sorted((key for key, value in found.items() if value >= least), key=lambda key: -found[key])
