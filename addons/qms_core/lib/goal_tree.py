"""A tree of goals as plain data: how the state of the whole follows from its parts, and the order of a printed tree."""

from collections import defaultdict

# From good to bad; what is not measured says nothing about the whole.
STATUSES = ("met", "near", "missed")


def worst(statuses):
    """Return the status of a whole: that of its worst part.

    :param statuses: any of ``none``, ``met``, ``near``, ``missed``
    :return: one of them; ``none`` when nothing is measured

    >>> worst(["met", "none", "near"]), worst(["none"]), worst([])
    ('near', 'none', 'none')
    """
    measured = [STATUSES.index(status) for status in statuses if status in STATUSES]
    return STATUSES[max(measured)] if measured else "none"


def ordered(parents):
    """Return the nodes of a tree as it is printed: each before its parts, with its level.

    :param dict parents: ``{node: its parent or None}`` in the order in which parts of one whole stand; who is part of
        something that is not in the tree stands at the top
    :return: ``[(node, level)]``, the level of the top is 0
    :rtype: list[tuple]
    :raises ValueError: for nodes that are part of one another, as they would be left out

    >>> ordered({"b": "a", "a": None, "c": "b", "d": "x"})
    [('a', 0), ('b', 1), ('c', 2), ('d', 0)]
    """
    parts = defaultdict(list)
    for node, parent in parents.items():
        parts[parent if parent in parents else None].append(node)
    rows, waiting = [], [(node, 0) for node in reversed(parts[None])]
    while waiting:
        node, level = waiting.pop()
        rows.append((node, level))
        waiting += [(part, level + 1) for part in reversed(parts[node])]
    if len(rows) < len(parents):
        raise ValueError("nodes in a circle")
    return rows
