from collections import Counter
from dataclasses import dataclass, field

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass
class Difference:
    """A row of two tables that were compared; ``fields`` holds ``(old, new)`` of what differs, by field.

    ``old`` or ``new`` is None where the row is missing.
    """

    key: object
    kind: str
    old: dict | None = None
    new: dict | None = None
    fields: dict = field(default_factory=dict)


def compare(old, new):
    """Compare two tables row by row.

    The result follows the order of the new table; a removed row stands where it was in the old one, behind the
    row it followed there.

    :param dict old: ``{key: {field: value}}``
    :param dict new: the same of the newer table
    :rtype: list[Difference]
    """
    result = []
    for key in _merged(list(old), list(new)):
        before, after = old.get(key), new.get(key)
        if before is None:
            result.append(Difference(key, ADDED, None, after))
        elif after is None:
            result.append(Difference(key, REMOVED, before, None))
        else:
            fields = _changed_fields(before, after)
            result.append(Difference(key, CHANGED if fields else SAME, before, after, fields))
    return result


def tally(differences):
    """Return how many differences there are of each kind, zeros included."""
    counts = Counter(difference.kind for difference in differences)
    return {kind: counts[kind] for kind in (ADDED, REMOVED, CHANGED, SAME)}


def _changed_fields(before, after):
    """Return ``{field: (old, new)}`` of what differs; a field that one side lacks is empty there."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _merged(old, new):
    """Return all keys in the order of ``new``, those that are gone behind their old neighbour."""
    kept, behind, neighbour = set(new), {}, None
    for key in old:
        if key in kept:
            neighbour = key
        else:
            behind.setdefault(neighbour, []).append(key)
    merged = behind.get(None, [])
    for key in new:
        merged += [key, *behind.get(key, ())]
    return merged
