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
    for tag, i, j, k, m in opcodes(before, after):
        _append(left, "".join(before[i:j]), tag != "equal")
        _append(right, "".join(after[k:m]), tag != "equal")
    return left, right


def opcodes(before, after):
    """Return how one list becomes the other, as ``SequenceMatcher.get_opcodes`` tells it.

    Comparing costs the square of the length, so only what lies between the common beginning and end is compared.
    """
    shorter = min(len(before), len(after))
    head = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    rest = shorter - head
    tail = next((index for index in range(rest) if before[-1 - index] != after[-1 - index]), rest)
    old, new = len(before) - tail, len(after) - tail
    if head == old or head == new:
        between = [("insert" if head == old else "delete", head, old, head, new)] if old != new else []
    else:
        between = [
            (tag, i + head, j + head, k + head, m + head)
            for tag, i, j, k, m in SequenceMatcher(
                None, before[head:old], after[head:new], autojunk=False
            ).get_opcodes()
        ]
    return [
        *([("equal", 0, head, 0, head)] if head else []),
        *between,
        *([("equal", old, len(before), new, len(after))] if tail else []),
    ]


def _pieces(text):
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _append(pieces, text, changed):
    if text:
        pieces.append((text, changed))
