"""Opening hours as one line of text: ``Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45``.

It is the notation of OpenStreetMap, reduced to weekdays and hours, so that a person types it in seconds and a
workbook carries it in one cell.
"""

import re

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
DAY_RANGE = re.compile(r"([A-Z][a-z])(?:\s*[-–]\s*([A-Z][a-z]))?")


class HoursError(ValueError):
    """A part of the text can't be understood; ``part`` is the part."""

    def __init__(self, part):
        super().__init__(part)
        self.part = part


def parse(text):
    """Return the hours of a text.

    :return: ``{day: [(from, to), …]}``, days from 0 (Monday) to 6, hours as decimal numbers, in their order
    :raises HoursError: if a part is no hours, if a day stands there twice, or hours overlap

    >>> parse("Mo-Tu 08:00-12:00,13:00-17:30")
    {0: [(8.0, 12.0), (13.0, 17.5)], 1: [(8.0, 12.0), (13.0, 17.5)]}
    """
    result = {}
    for part in filter(None, (part.strip() for part in (text or "").split(";"))):
        names, _space, times = part.partition(" ")
        ranges = [_range(item, part) for item in times.split(",")]
        if any(first[1] > second[0] for first, second in zip(ranges, ranges[1:], strict=False)):
            raise HoursError(part)
        for day in _days(names, part):
            if day in result:
                raise HoursError(part)
            result[day] = ranges
    return dict(sorted(result.items()))


def _days(names, part):
    days = []
    for item in names.split(","):
        match = DAY_RANGE.fullmatch(item.strip())
        if not match or any(name and name not in DAYS for name in match.groups()):
            raise HoursError(part)
        first = DAYS.index(match[1])
        last = DAYS.index(match[2]) if match[2] else first
        if last < first:
            raise HoursError(part)
        days += range(first, last + 1)
    return days


def _range(text, part):
    match = RANGE.fullmatch(text.strip())
    if not match:
        raise HoursError(part)
    hour, minute, to_hour, to_minute = map(int, match.groups())
    begin, end = hour + minute / 60, to_hour + to_minute / 60
    if minute > 59 or to_minute > 59 or end > 24 or begin >= end:
        raise HoursError(part)
    return begin, end


def group(hours):
    """Return ``[(first day, last day, ranges)]``: neighbouring days of the same hours together."""
    groups = []
    for day, ranges in sorted(hours.items()):
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == ranges:
            groups[-1] = (groups[-1][0], day, ranges)
        else:
            groups.append((day, day, ranges))
    return groups


def write(hours):
    """Return the hours as text; ``parse`` gives them back.

    >>> write({0: [(8.0, 17.0)], 1: [(8.0, 17.0)], 4: [(8.0, 15.75)]})
    'Mo-Tu 08:00-17:00; Fr 08:00-15:45'
    """
    return "; ".join(
        f"{DAYS[first] if first == last else f'{DAYS[first]}-{DAYS[last]}'} {clock_ranges(ranges)}"
        for first, last, ranges in group(hours)
    )


def clock_ranges(ranges):
    return ",".join(f"{clock(begin)}-{clock(end)}" for begin, end in ranges)


def clock(hour):
    """Return a decimal hour as a clock shows it.

    >>> clock(15.75)
    '15:45'
    """
    hours, minutes = divmod(round(hour * 60), 60)
    return f"{hours:02}:{minutes:02}"
