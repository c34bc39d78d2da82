"""Last days of terms that a law sets: in calendar days, working days or months.

Plain dates in, plain dates out. What a working day is, the caller says by a function of his calendar.
"""

from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta

UNITS = ("calendar", "working", "month")
ROLLS = ("none", "next", "previous")


@dataclass(frozen=True)
class Term:
    """So many days or months; a count of 0 is no term."""

    count: int
    unit: str = "calendar"

    def __bool__(self):
        return self.count > 0


def last_day(start, term, after, roll="none"):
    """Return the last day of a term; the day it begins with doesn't count.

    :param datetime.date start: the day of what the term is counted from
    :param Term term:
    :param after: function ``(day, n)`` that returns the working day n working days after a day
    :param str roll: what becomes of a last day that is no working day: one of ``ROLLS``
    :rtype: datetime.date

    >>> from datetime import date
    >>> last_day(date(2026, 1, 31), Term(1, "month"), None).isoformat()
    '2026-02-28'
    >>> last_day(date(2026, 1, 31), Term(30), None).isoformat()
    '2026-03-02'
    """
    if term.unit == "working":
        return after(start, term.count)
    step = relativedelta(months=term.count) if term.unit == "month" else timedelta(days=term.count)
    return _rolled(start + step, after, roll)


def extended(start, current, extension, most, after, roll="none"):
    """Return the last day once a term is extended: from its last day on, but never beyond what the law allows in all.

    :param datetime.date start: the day of what the term is counted from
    :param datetime.date current: the last day before the extension
    :param Term extension: by how much at most
    :param Term most: the longest term in all; none where the law sets none
    :param after: as in ``last_day``
    :param str roll: as in ``last_day``
    :rtype: datetime.date

    >>> from datetime import date
    >>> extended(date(2026, 3, 2), date(2026, 4, 2), Term(45), Term(45), None).isoformat()
    '2026-04-16'
    """
    day = last_day(current, extension, after, roll)
    return min(day, last_day(start, most, after, roll)) if most else day


def _rolled(day, after, roll):
    if roll == "none" or _is_working(day, after):
        return day
    if roll == "next":
        return after(day, 1)
    while not _is_working(day, after):
        day -= timedelta(days=1)
    return day


def _is_working(day, after):
    return after(day - timedelta(days=1), 1) == day
