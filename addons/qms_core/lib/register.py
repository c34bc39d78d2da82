"""Compare two editions of a register: plain rows in, changes out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One entry that differs: ``kind`` is added, removed or changed; ``fields`` holds (name, before, after)."""

    key: tuple
    kind: str
    fields: tuple = ()


def compare(before, after, ignored=()):
    """Return what changed between two editions.

    :param dict before: rows of the earlier edition, ``{key: {field: value}}``
    :param dict after: rows of the later one
    :param ignored: fields that don't count as a change
    :rtype: list[Change]

    >>> compare({"a": {"name": "A"}, "b": {"name": "B"}}, {"a": {"name": "Z"}, "c": {"name": "C"}})
    ... # doctest: +NORMALIZE_WHITESPACE
    [Change(key='a', kind='changed', fields=(('name', 'A', 'Z'),)),
     Change(key='b', kind='removed', fields=()),
     Change(key='c', kind='added', fields=())]
    """
    changes = []
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            changes.append(Change(key, "removed"))
        elif key not in before:
            changes.append(Change(key, "added"))
        elif different := _differences(before[key], after[key], ignored):
            changes.append(Change(key, "changed", different))
    return changes


def _differences(before, after, ignored):
    return tuple(
        (name, before.get(name), value)
        for name, value in after.items()
        if name not in ignored and (before.get(name) or None) != (value or None)
    )
