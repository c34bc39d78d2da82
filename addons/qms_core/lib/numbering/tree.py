import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """How codes are made: ``prefix`` and number at the top, then ``separator`` and number with leading zeros."""

    prefix: str = "P-"
    separator: str = "."
    width: int = 2
    first: int = 1


def natural(code):
    """Return a sorting key by which P-2 comes before P-10."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in re.findall(r"\d+|\D+", code)]


def renumber(codes, parents, scheme):
    """Return ``{id: new code}`` of all processes given, in the order of the tree.

    :param dict codes: ``{id: code}``; processes of one level are numbered in the natural order of these
    :param dict parents: ``{id: id of the whole, or the code of a whole that keeps its code, or None}``
    :param Scheme scheme: how codes are made
    """
    parts = {}
    for key in sorted(codes, key=lambda key: (natural(codes[key]), key)):
        parts.setdefault(parents.get(key), []).append(key)
    result = {}
    todo = [(whole, parts[whole]) for whole in parts if whole not in codes]
    while todo:
        whole, keys = todo.pop(0)
        above = result.get(whole, whole)
        for number, key in enumerate(keys, scheme.first):
            result[key] = (
                f"{scheme.prefix}{number}" if above is None else f"{above}{scheme.separator}{number:0{scheme.width}d}"
            )
            if key in parts:
                todo.append((key, parts[key]))
    return result
