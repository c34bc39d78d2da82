"""The names that a placeholder may use: dictionaries of dictionaries, texts and lists, nothing else.

Names are checked against a description of the data (the same shape, with labels for values and one entry for the
rows of a list), so that a wrong name is told when a template is saved and not when a document is made.
"""

import re
from difflib import get_close_matches

from .problem import TemplateProblem

SEGMENT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
CALLS = re.compile(r"[()\[\]|%]")
# What is inside a repeated block is called this.
ITEM = "item"


def read_path(text, section):
    """Return the names of a placeholder, one after the other.

    :param str text: what stands between the braces, as ``process.owner``
    :rtype: tuple[str]
    :raises TemplateProblem: for anything but names joined by points
    """
    if CALLS.search(text):
        raise TemplateProblem("call", section, text)
    path = tuple(text.split("."))
    if any(name.startswith("_") or "__" in name for name in path):
        raise TemplateProblem("private", section, text)
    if not all(SEGMENT.match(name) for name in path):
        raise TemplateProblem("syntax", section, text)
    return path


def describe(names, path, section):
    """Return what the description says about a path: a label, a dict of names, or a list with its one entry.

    :raises TemplateProblem: for a name that the description lacks
    """
    found = names
    for name in path:
        if type(found) is not dict or name not in found:
            known = list(found) if type(found) is dict else []
            like = get_close_matches(name, known, 1)
            raise TemplateProblem(
                "unknown", section, ".".join(path), name=name, like=like[0] if like else "", known=", ".join(known)
            )
        found = found[name]
    return found


def look_up(data, path, section):
    """Return the value of a path in plain data; only dictionaries are entered, never objects."""
    found = data
    for name in path:
        if type(found) is not dict or name not in found:
            raise TemplateProblem("unknown", section, ".".join(path), name=name, like="", known="")
        found = found[name]
    return found


def paths(names, prefix=""):
    """Return ``[(placeholder, label)]`` of all values that a description offers, lists as blocks to repeat.

    :return: ``[(placeholder, label, [the same of the rows])]``; the last is empty for values
    """
    result = []
    for name, what in names.items():
        path = f"{prefix}{name}"
        if type(what) is dict:
            result += paths(what, f"{path}.")
        elif type(what) is list:
            rows = [(ITEM, what[0], [])] if type(what[0]) is str else paths(what[0], f"{ITEM}.")
            result.append((path, "", rows))
        else:
            result.append((path, what, []))
    return result
