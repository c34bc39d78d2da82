import datetime
import math
import re

CODE = re.compile(r"[^\s;,]{1,64}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
YES = {"1", "true", "yes", "x", "+", "да", "так"}
NO = {"0", "false", "no", "-", "нет", "ні"}
BIGGEST = 10**12
# Days as they are written here; with a slash nobody knows whether the day or the month comes first.
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# What other programs add to a day: the time, which says nothing more.
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
# A day whose cell has lost its format is a number: so many days since this one. Only those of 1990 to 2099 are taken.
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
SERIAL_START = datetime.date(1899, 12, 30)
SERIAL_RANGE = (datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))


class CellError(Exception):
    """A cell can't be understood; ``code`` and ``params`` say why."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


def clean(text):
    """Return a text as a cell can hold it: one kind of line break, no control characters, no space around."""
    # Spreadsheet programs store a carriage return as _x000D_.
    text = (text or "").replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text).strip()


def parse(column, value):
    """Turn the raw value of a cell into the value of its column.

    :param column: the column
    :param value: what the file holds: None, str, int, float, bool or a date
    :return: str, int, float, bool; the column's empty value for an empty cell
    :raises CellError: if it is none of the column's type, choices or range
    """
    if column.type == "date" and isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        # Spreadsheet programs turn 4.1 into the fourth of January.
        raise CellError("date")
    if isinstance(value, str):
        value = clean(value)
    if value is None or value == "":
        return column.empty
    return PARSERS[column.type](column, value)


def _text(column, value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _code(column, value):
    if isinstance(value, float) and not value.is_integer():
        raise CellError("number_as_code", value=value)
    return _checked_code(_text(column, value))


def _checked_code(text):
    if not CODE.fullmatch(text):
        raise CellError("bad_code", value=text[:80])
    return text


def _ref(column, value):
    if not column.many:
        return _code(column, value)
    if isinstance(value, float) and not value.is_integer():
        raise CellError("number_as_code", value=value)
    parts = [part.strip() for part in _text(column, value).split(";")]
    return ";".join(sorted({_checked_code(part) for part in parts if part}, key=str))


def _choice(column, value):
    text = _text(column, value)
    parts = [part.strip() for part in text.split(";")] if column.many else [text]
    for part in parts:
        if part not in column.choices and (part or not column.many):
            raise CellError("bad_choice", value=part[:80], choices=", ".join(column.choices))
    return ";".join(sorted({part for part in parts if part}))


def _date(column, value):
    text = _text(column, value)
    try:
        return _day(TIME.sub("", text)).isoformat()
    except ValueError:
        raise CellError("bad_date", value=text[:80]) from None


def _day(text):
    """Return the day that a text means: 2026-01-31, 31.01.2026, or 46053 as spreadsheet programs count.

    :raises ValueError: if it means none
    """
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return datetime.date(year, month, day)
    if match := SERIAL.fullmatch(text):
        counted = SERIAL_START + datetime.timedelta(days=int(match[1]))
        if not SERIAL_RANGE[0] <= counted <= SERIAL_RANGE[1]:
            raise ValueError(text)
        return counted
    return datetime.date.fromisoformat(text)


def _bool(column, value):
    text = _text(column, value).lower()
    if text in YES or text in NO:
        return text in YES
    raise CellError("bad_bool", value=text[:80])


def _float(column, value):
    if isinstance(value, bool):
        raise CellError("bad_number", value=value)
    if isinstance(value, str):
        text = value.replace(" ", "").replace("\u00a0", "")
        value = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise CellError("bad_number", value=str(value)[:80]) from None
    if not math.isfinite(number) or abs(number) > BIGGEST:
        raise CellError("bad_number", value=str(value)[:80])
    if column.digits is not None:
        number = round(number, column.digits)
    _check_range(column, number)
    return number


def _int(column, value):
    number = _float(column, value)
    if not number.is_integer():
        raise CellError("bad_int", value=str(value)[:80])
    return int(number)


def _check_range(column, number):
    too_small = column.minimum is not None and number < column.minimum
    too_big = column.maximum is not None and number > column.maximum
    if too_small or too_big:
        raise CellError(
            "out_of_range", value=f"{number:g}", minimum=f"{column.minimum:g}", maximum=f"{column.maximum:g}"
        )


PARSERS = {
    "text": _text,
    "code": _code,
    "ref": _ref,
    "choice": _choice,
    "date": _date,
    "bool": _bool,
    "float": _float,
    "int": _int,
}
