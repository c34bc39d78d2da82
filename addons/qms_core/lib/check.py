"""What a check of the model is and what it finds: plain data, so that an addon writes a check in a few lines."""

from collections.abc import Callable
from typing import Any, NamedTuple

# How much a hit matters; the values sort the list.
SERIOUS, MODERATE, HINT = "1", "2", "3"


class Check(NamedTuple):
    """One thing that can be wrong in the model.

    ``method`` is called without arguments and returns hits; None where the run itself finds them. Title and remedy are
    read in the language of the reader.
    """

    title: str
    severity: str
    method: Callable | None
    remedy: str


class Hit(NamedTuple):
    """One place where it is wrong.

    ``record`` is a single record that every employee may read, as its name is shown to whoever sees the hit.
    ``sentence`` says what is wrong: a lazily translated text is shown in the language of its reader, any other as it
    is. ``key`` tells several hits at one record apart and stays the same over the runs. ``place`` is a window action
    that opens what is to be mended, where that is not the form of the record. ``unit`` is the department whose people
    see the hit, where that is not the record's own.
    """

    record: Any
    sentence: Any
    key: str = ""
    place: dict | None = None
    unit: Any = None


class Outcome(NamedTuple):
    """What came of one check: the rows of its hits, or the name of the error that stopped it; and its cost."""

    name: str
    rows: list
    error: str
    seconds: float
    queries: int
