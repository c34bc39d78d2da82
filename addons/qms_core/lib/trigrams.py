"""Words of short texts and their trigrams, for languages that inflect their words.

"довідку", "довідки" and "довідка" share most of their trigrams, so they count as nearly the same without a dictionary.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
# Shorter ones are prepositions and conjunctions in the languages of our users; numbers tell dates, not the matter.
_SHORTEST = 3


def words(text):
    """Return the words of a text that tell what it is about, each once, in their order.

    >>> words("Не видано довідку про склад сім’ї, довідку!")
    ('видано', 'довідку', 'про', 'склад', 'сім')
    """
    found = (word for word in _WORD.findall((text or "").casefold()) if len(word) >= _SHORTEST and not word.isdigit())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def of_word(word):
    """Return the trigrams of one word, with its beginning weighing more than its end.

    >>> sorted(of_word("дім"))
    ['  д', ' ді', 'дім', 'ім ']
    """
    padded = f"  {word} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))


def of_text(text):
    """Return the trigrams of the words of a text, whatever their order and case.

    >>> sorted(of_text("На дім"))
    ['  д', ' ді', 'дім', 'ім ']
    """
    return frozenset().union(*map(of_word, words(text)))


def likeness(first, second):
    """Return how alike two sets of trigrams are: 0 for nothing in common, 1 for the same (Dice's coefficient).

    >>> likeness(of_text("Видача довідок"), of_text("довідок видача"))
    1.0
    """
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0
