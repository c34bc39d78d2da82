"""How the indicators of the fictional city went in two years: a seeded story, plain data."""

import random
from typing import NamedTuple

from ...lib import periods

SEED = 2026
MONTHS = 24


class Story(NamedTuple):
    """From which value to which an indicator went, how much it swings, and what was special.

    ``turns`` are (periods ago, change, why); periods are counted from the last one that is over.
    """

    first: float
    last: float
    spread: float
    digits: int = 1
    turns: tuple = ()
    highest: float = 100.0


STORIES = {
    "I-01": Story(
        94.5, 99.6, 1.1, turns=((9, -6.5, "Двоє з чотирьох спеціалістів хворіли, заступника не призначено."),)
    ),
    "I-02": Story(9.5, 4.6, 0.7),
    "I-03": Story(96.0, 99.4, 0.6, turns=((14, -4.0, "Новий реєстр три тижні працював із перервами."),)),
    "I-04": Story(27, 13.5, 1.8, turns=((2, 9.0, "Ремонт двох вікон прийому, запис не скорочено."),), highest=90),
    "I-05": Story(4.1, 4.6, 0.06, 2, highest=5),
    "I-06": Story(11, 21.5, 1.2),
    "I-07": Story(
        91.0,
        97.0,
        1.0,
        turns=(
            (0, -6.0, "Сектор контролю об’єднали з приймальнею, нагадування не надсилали."),
            (1, -5.5, "Виконавці не знали, хто приймає звіти після об’єднання сектору."),
        ),
    ),
    "I-08": Story(86, 94, 2.0),
    "I-09": Story(19, 9.5, 1.3),
    "I-10": Story(78, 84, 2.0),
    "I-11": Story(9.0, 5.2, 0.6),
    "I-12": Story(75, 100, 0.0, 0),
    "I-13": Story(92, 99, 1.5),
    "I-14": Story(72, 92, 3.0),
    "I-15": Story(70, 52, 4.0, 0, highest=200),
    "I-16": Story(2.2, 3.1, 0.15, highest=20),
    "I-17": Story(99.1, 99.7, 0.12, 2, turns=((6, -1.6, "Аварія живлення, резервний сервер не запустився."),)),
    "I-18": Story(97.5, 100, 0.5),
    "I-19": Story(58, 66, 4.0),
    "I-20": Story(13, 10, 1.6, 0, highest=99),
    "I-21": Story(46, 38, 2.0, highest=200),
    "I-22": Story(9, 7, 1.0),
    "I-23": Story(1380, 1905, 60, 0, highest=10**6),
    "I-24": Story(236, 318, 14, 0, highest=10**6),
    "I-25": Story(14, 33, 1.5),
    "I-26": Story(79, 93, 2.0),
    "I-27": Story(82, 91, 0.0),
    "I-28": Story(90, 96.5, 1.2),
    "I-29": Story(70, 96, 3.0),
    "I-30": Story(71, 87, 2.2, turns=((3, -14.0, "Прорив водогону: вісімсот дзвінків за два дні."),)),
}
# What the processes cost in a month at the beginning and at the end, by the indicator of their result.
COSTS = {"I-23": (412_000, 437_000, 9_000), "I-24": (58_500, 61_000, 2_400)}


def make_values(code, kind, today, seed=SEED):
    """Return the values of an indicator for two years, the oldest first; the same for the same day and seed.

    :param str code: of the indicator
    :param str kind: of its periods: month, quarter or year
    :param datetime.date today:
    :return: list of ``(last day of the period, value, why it was special or "")``
    """
    story = STORIES[code]
    chance = random.Random(f"{seed}{code}")
    spans = _spans(kind, today)
    rows = []
    for index, period in enumerate(spans):
        share = index / max(len(spans) - 1, 1)
        value = story.first + (story.last - story.first) * share + chance.uniform(-1, 1) * story.spread
        ago = len(spans) - 1 - index
        turn = next((turn for turn in story.turns if turn[0] == ago), None)
        value += turn[1] if turn else 0
        rows.append((period.last, round(min(max(value, 0), story.highest), story.digits), turn[2] if turn else ""))
    return rows


def make_costs(code, today, seed=SEED):
    """Return what a result cost by month, the oldest first: list of ``(last day, amount)``."""
    first, last, spread = COSTS[code]
    chance = random.Random(f"{seed}cost{code}")
    spans = _spans("month", today)
    return [
        (period.last, round(first + (last - first) * index / (len(spans) - 1) + chance.uniform(-1, 1) * spread, -2))
        for index, period in enumerate(spans)
    ]


def _spans(kind, today):
    """Return the periods of the last two years that are over."""
    spans, period = [], periods.before(kind, periods.period_of(kind, today))
    for _count in range(MONTHS // periods.MONTHS[kind]):
        spans.insert(0, period)
        period = periods.before(kind, period)
    return spans
