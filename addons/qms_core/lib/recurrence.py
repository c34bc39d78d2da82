"""Days of a term that returns: every n days, weeks, months, quarters or years, until a day or a number of times.

All days are counted from the first one, so that a term of the 31st returns on the 31st after a shorter month.
"""

from dateutil.relativedelta import relativedelta

STEPS = {
    "day": {"days": 1},
    "week": {"weeks": 1},
    "month": {"months": 1},
    "quarter": {"months": 3},
    "year": {"years": 1},
}
# As good as endless: more than a term of every working day of two years.
MOST = 520


class EndlessError(ValueError):
    """The term has neither a last day nor a number of times, or returns too often to be meant."""


def nth(first, unit, interval, index):
    """Return the day of an occurrence; the first one has index 0.

    >>> from datetime import date
    >>> [nth(date(2026, 1, 31), "month", 1, index).isoformat() for index in range(3)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    return first + relativedelta(**{name: value * interval * index for name, value in STEPS[unit].items()})


def has(first, unit, interval, index, until=None, times=None):
    """Tell whether the term has an occurrence of an index.

    :param datetime.date first: day of the first occurrence
    :param datetime.date until: the last day, if any
    :param int times: how many occurrences there are in all, if limited
    """
    if times and index >= times:
        return False
    try:
        day = nth(first, unit, interval, index)
    except (OverflowError, ValueError):  # after the year 9999
        return False
    return not until or day <= until


def check(first, unit, interval, until=None, times=None):
    """Raise an ``EndlessError`` unless the term ends after a sensible number of times."""
    if not until and not times:
        raise EndlessError
    if has(first, unit, interval, MOST, until, times):
        raise EndlessError


def due(first, unit, interval, index, today, until=None, times=None):
    """Return the indexes of the occurrences to make after one: the next, and all that were missed up to today.

    >>> from datetime import date
    >>> due(date(2026, 1, 1), "month", 1, 0, date(2026, 3, 15), until=date(2026, 12, 31))
    [1, 2, 3]
    >>> due(date(2026, 1, 1), "month", 1, 0, date(2026, 1, 1), times=1)
    []
    """
    indexes = []
    while has(first, unit, interval, index + 1, until, times):
        index += 1
        indexes.append(index)
        if nth(first, unit, interval, index) >= today:
            break
    return indexes
