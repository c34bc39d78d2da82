"""Words in what people write, whatever their endings: a word is found by its beginning."""

import re

_WORD = re.compile(r"[^\W_]+")


def read_words(text):
    """Return the words or phrases of a list with one in each line.

    >>> read_words("Хабар\\n\\n  не пускають  \\nхабар")
    ('хабар', 'не пускають')
    """
    lines = (" ".join(_WORD.findall(line.casefold())) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(filter(None, lines)))


def find_words(text, words):
    """Return which words or phrases occur in a text: each of their words begins a word of the text.

    >>> find_words("Вимагали хабара за довідку!", ("хабар", "черг"))
    ['хабар']
    >>> find_words("Нас не пускали", ("не пуска", "пуска не"))
    ['не пуска']
    """
    told = _WORD.findall((text or "").casefold())
    return [word for word in words if _occurs(word.split(), told)]


def _occurs(wanted, told):
    return any(
        all(word.startswith(start) for start, word in zip(wanted, told[place:], strict=False))
        for place in range(len(told) - len(wanted) + 1)
    )
