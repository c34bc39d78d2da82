"""Months, quarters and years in which something is measured: where they begin and end, and which are over."""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# As good as endless: twenty years of months. Who means more has mistyped the year.
MOST = 240


class EndlessError(ValueError):
    """There would be more periods than anybody measures, or they would end before they begin."""


class Period(NamedTuple):
    """The first and the last day of a period, both within it."""

    first: date
    last: date


def period_of(kind, day):
    """Return the period of a kind that a day lies in.

    :param str kind: month, quarter or year
    :param datetime.date day:
    :rtype: Period

    >>> period_of("quarter", date(2026, 5, 17))
    Period(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 6, 30))
    >>> period_of("month", date(2028, 2, 3)).last
    datetime.date(2028, 2, 29)
    """
    months = MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, first + relativedelta(months=months, days=-1))


def before(kind, period):
    """Return the period before one."""
    return period_of(kind, period.first - timedelta(days=1))


def finished(kind, since, today, until=None):
    """Return the periods that are over on a day, the oldest first.

    :param str kind: month, quarter or year
    :param datetime.date since: a day of the first period
    :param datetime.date today: what ends on this day is not over yet
    :param datetime.date until: a day of the last period, if they end at all
    :rtype: list[Period]
    :raises EndlessError: for more periods than anybody measures, or an end before the beginning

    >>> [str(period.first) for period in finished("month", date(2026, 1, 20), date(2026, 3, 31))]
    ['2026-01-01', '2026-02-01']
    """
    check(kind, since, today, until)
    periods, period = [], period_of(kind, since)
    while period.last < today and (not until or period.first <= until):
        periods.append(period)
        period = period_of(kind, period.last + timedelta(days=1))
    return periods


def check(kind, since, today, until=None):
    """Raise an ``EndlessError`` unless there is a sensible number of periods until a day."""
    if until and until < since:
        raise EndlessError
    months = (today.year - since.year) * 12 + today.month - since.month
    if months > MOST * MONTHS[kind]:
        raise EndlessError
