import re
from difflib import SequenceMatcher

# Comparing word by word costs the square of the length; longer texts are shown whole.
MOST_WORDS = 2000


def changed_words(old, new):
    """Return both texts in pieces, each with whether the other text lacks it.

    :return: ``([(piece, changed)], [(piece, changed)])`` of the old and the new text
    """
    before, after = _pieces(old), _pieces(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [(old, True)], [(new, True)]
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        _append(left, "".join(before[i:j]), tag != "equal")
        _append(right, "".join(after[k:m]), tag != "equal")
    return left, right


def _pieces(text):
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _append(pieces, text, changed):
    if text:
        pieces.append((text, changed))
