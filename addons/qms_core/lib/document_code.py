"""Codes of documents by a rule such as ``{type}-{unit}-{number:3}``; plain Python on plain data."""

import re

PLACEHOLDER = re.compile(r"\{(\w+)(?::(\d))?\}")
NAMES = ("type", "unit", "year", "number")


def problem(pattern):
    """Return what is wrong with a rule: ``unknown`` placeholder, ``number`` missing or double, or None.

    >>> problem("{type}-{number:3}"), problem("{type}"), problem("{type}-{nr}"), problem("{type}-{number")
    (None, 'number', 'unknown', 'unknown')
    """
    found = [match[1] for match in PLACEHOLDER.finditer(pattern)]
    if set(found) - set(NAMES) or set("{}") & set(PLACEHOLDER.sub("", pattern)):
        return "unknown"
    return None if found.count("number") == 1 else "number"


def split(pattern, values):
    """Return what stands before and after the number of a code, and how many digits it has at least.

    :param str pattern: the rule
    :param dict values: ``type``, ``unit``, ``year`` as text; what is empty leaves no double separators

    >>> split("{type}-{unit}-{number:3}", {"type": "PROC", "unit": "", "year": "2026"})
    ('PROC-', '', 3)
    """
    digits = next((int(match[2] or 1) for match in PLACEHOLDER.finditer(pattern) if match[1] == "number"), 1)
    mark = "\0"
    text = PLACEHOLDER.sub(lambda match: mark if match[1] == "number" else values.get(match[1]) or "", pattern)
    text = re.sub(r"([-./_ ])\1+", r"\1", text).strip("-./_ ")
    before, _mark, after = text.partition(mark)
    return before, after, digits


def codes(before, after, digits, taken, count):
    """Return the next codes: behind the highest number that is taken.

    :param taken: codes with the same beginning and end
    :param int count: how many are wanted

    >>> codes("P-", "", 3, ["P-001", "P-007", "P-old"], 2)
    ['P-008', 'P-009']
    """
    numbers = (code[len(before) : len(code) - len(after)] for code in taken)
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return [f"{before}{number:0{digits}d}{after}" for number in range(highest + 1, highest + 1 + count)]
