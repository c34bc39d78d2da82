"""Rules of the activity model that need more than one cell or sheet."""

from collections import defaultdict

from ..measuring import wrong_way_round
from .problem import Problem


def check_accountable(book, letter="A", performs=("R",)):
    """Each process with responsibilities has exactly one accountable role: the owner of the processes sheet.

    :param str letter: that of the accountable role
    :param performs: letters that the accountable role may have besides
    """
    owners = {row.values.get("code"): row.values.get("owner") for row in book.rows.get("processes", [])}
    by_process = defaultdict(list)
    for row in book.rows.get("responsibilities", []):
        by_process[row.values.get("process")].append(row)
    for process, rows in by_process.items():
        accountable = [row for row in rows if row.values.get("letter") == letter]
        if len(accountable) != 1:
            row = (accountable or rows)[-1]
            params = {"process": process, "count": len(accountable), "letter": letter}
            yield Problem("accountable_count", "responsibilities", row.number, "letter", params)
        elif process in owners and accountable[0].values.get("role") != owners[process]:
            params = {"process": process, "owner": owners[process] or "–", "role": accountable[0].values.get("role")}
            yield Problem("accountable_not_owner", "responsibilities", accountable[0].number, "role", params)
        for row in rows:
            second = row.values.get("letter") not in (letter, "", None, *performs)
            if second and row.values.get("role") == owners.get(process):
                params = {"process": process, "role": row.values.get("role")}
                yield Problem("owner_second_letter", "responsibilities", row.number, "letter", params)


def check_requirement_letters(book, letter="A"):
    """A requirement has at most one accountable role.

    :param str letter: that of the accountable role
    """
    first = {}
    for row in book.rows.get("requirement_responsibilities", []):
        if row.values.get("letter") != letter:
            continue
        key = (row.values.get("standard"), row.values.get("clause"))
        if key in first:
            params = {"clause": " ".join(filter(None, key)), "letter": letter, "first": first[key]}
            yield Problem("requirement_accountable", "requirement_responsibilities", row.number, "letter", params)
        first.setdefault(key, row.number)


def check_shares(book):
    """The shares of the ways out of a step don't exceed a hundred percent."""
    sums = defaultdict(float)
    for row in book.rows.get("transitions", []):
        key = (row.values.get("process"), row.values.get("source"))
        before = sums[key]
        sums[key] += row.values.get("share") or 0.0
        if sums[key] > 100.01 >= before:
            params = {"process": key[0], "step": key[1], "sum": f"{sums[key]:g}"}
            yield Problem("share_sum", "transitions", row.number, "share", params)


def check_flow_ends(book):
    """The other end of a flow is a party or a process, not both."""
    for row in book.rows.get("flows", []):
        if row.values.get("party") and row.values.get("other_process"):
            yield Problem("two_ends", "flows", row.number, "party")


def check_exclusions(book):
    """A requirement that is not applied says why."""
    for row in book.rows.get("requirements", []):
        if row.values.get("applicable") is False and row.values.get("reason") == "":
            params = {"clause": row.values.get("clause")}
            yield Problem("no_reason", "requirements", row.number, "reason", params)


def check_targets(book):
    """A target has a unit, and the threshold of an indicator lies on the bad side of its target."""
    for row in book.rows.get("indicators", []):
        target, threshold, direction = (row.values.get(name) for name in ("target", "threshold", "direction"))
        if target and row.values.get("unit_of_measure") == "":
            yield Problem("no_unit", "indicators", row.number, "unit_of_measure", {"target": f"{target:g}"})
        # Without a threshold nothing is amber.
        if threshold and target is not None and direction and wrong_way_round(target, threshold, direction):
            params = {"target": f"{target:g}", "threshold": f"{threshold:g}"}
            yield Problem("threshold_side", "indicators", row.number, "threshold", params)


def check_goal_dates(book):
    """A goal doesn't end before it begins."""
    for row in book.rows.get("goals", []):
        start, end = row.values.get("date_start"), row.values.get("date_end")
        if start and end and end < start:
            yield Problem("ends_before", "goals", row.number, "date_end", {"start": start, "end": end})


def check_format(book, newest):
    """The workbook is not of a later format than this program knows."""
    for row in book.rows.get("about", []):
        if row.values.get("key") == "format" and row.values.get("value") != str(newest):
            params = {"format": row.values.get("value"), "known": newest}
            yield Problem("format", "about", row.number, "value", params)
