"""Who has to acknowledge what until when. Plain data in, plain data out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# How near a deadline comes before it moves on, while nobody knows when the person returns.
UNKNOWN_NEAR = timedelta(days=3)
UNKNOWN_STEP = timedelta(days=30)


@dataclass(frozen=True)
class Absence:
    """Days on which a person is away, both included; without an end nobody knows yet until when."""

    start: date
    end: date | None = None

    def covers(self, day):
        return self.start <= day and (self.end is None or day <= self.end)


def deadline_at_work(deadline, absences, today):
    """Return the deadline, or the first day on which the person is back where he is away on it.

    A deadline that has passed stays: it was missed before the absence was known, or during it by nobody's fault but
    then it has moved already.

    :param datetime.date deadline:
    :param absences: an iterable of ``Absence``
    :param datetime.date today:
    :rtype: datetime.date

    >>> leave = Absence(date(2026, 3, 9), date(2026, 3, 20))
    >>> deadline_at_work(date(2026, 3, 10), [leave], date(2026, 3, 5))
    datetime.date(2026, 3, 21)
    >>> deadline_at_work(date(2026, 3, 8), [leave], date(2026, 3, 5))
    datetime.date(2026, 3, 8)
    >>> sick = Absence(date(2026, 3, 21), date(2026, 3, 22))
    >>> deadline_at_work(date(2026, 3, 10), [sick, leave], date(2026, 3, 5))
    datetime.date(2026, 3, 23)
    >>> deadline_at_work(date(2026, 3, 4), [leave], date(2026, 3, 10))
    datetime.date(2026, 3, 4)
    """
    if deadline < today:
        return deadline
    absences = list(absences)
    while away := next((absence for absence in absences if absence.covers(deadline)), None):
        if away.end is None:
            return deadline if deadline - today > UNKNOWN_NEAR else today + UNKNOWN_STEP
        deadline = away.end + timedelta(days=1)
    return deadline


@dataclass(frozen=True)
class Changes:
    """What makes acknowledgements those of the people bound: pairs ``(version, employee)``, in a stable order."""

    missing: list
    needless: list


def changes(bound, asked, waiting):
    """Compare who is bound with who was asked.

    :param dict bound: ``{version: people}`` of the versions in force that are to be acknowledged
    :param dict asked: ``{version: people}`` who were asked and either have confirmed or still wait
    :param dict waiting: ``{version: people}`` who have not confirmed yet, of any version
    :rtype: Changes

    >>> changes({1: {7, 8}}, {1: {8, 9}, 2: {7}}, {1: {9}, 2: {7}})
    Changes(missing=[(1, 7)], needless=[(1, 9), (2, 7)])
    """
    return Changes(missing=_beyond(bound, asked), needless=_beyond(waiting, bound))


def _beyond(these, those):
    return [
        (version, person)
        for version, people in sorted(these.items())
        for person in sorted(set(people) - set(those.get(version, ())))
    ]


def batches(items: Iterable, size: int):
    """Yield lists of so many items, the last one with the rest.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]
