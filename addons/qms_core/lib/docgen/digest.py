"""What a text was computed from, as checksums of plain data."""

import hashlib
import json


def digest(data):
    """Return the SHA-256 of plain data; the order of the keys of a dictionary does not count.

    :rtype: str
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed(before, after):
    """Return the labels of the sources that differ between two lists.

    :param list before: rows ``[model, id, label, digest]``
    :param list after: the same of now
    :return: ``{"changed": labels, "added": labels, "removed": labels}``
    :rtype: dict[str, list[str]]
    """
    old = {(row[0], row[1]): row for row in before or []}
    new = {(row[0], row[1]): row for row in after or []}
    return {
        "changed": [row[2] for key, row in new.items() if key in old and old[key][3] != row[3]],
        "added": [row[2] for key, row in new.items() if key not in old],
        "removed": [row[2] for key, row in old.items() if key not in new],
    }
