import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    ``type`` is one of text, code, int, float, bool, date, choice, ref. A ``ref`` holds the last part of the key of
    a row of the sheet ``ref``; ``by`` names the columns of this row that make up the whole key (only the column
    itself by default). ``local`` references must be met within the workbook, others may also be met by what is
    known already. ``many`` references or choices are separated by semicolons. A date is held as YYYY-MM-DD. A
    ``translated`` column stands once per language, as ``name@uk``. ``field`` is carried for the caller: where the
    value comes from.
    """

    name: str
    type: str = "text"
    required: bool = False
    ref: str = ""
    by: tuple[str, ...] = ()
    local: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    translated: bool = False
    default: object = None
    minimum: float | None = None
    maximum: float | None = None
    digits: int | None = None
    note: str = ""
    field: str = ""
    compared: bool = True

    @property
    def empty(self):
        """The value of an empty cell."""
        if self.default is not None:
            return self.default
        return {"int": 0, "float": 0.0, "bool": False}.get(self.type, "")

    def header(self, language):
        return f"{self.name}@{language}" if self.translated else self.name

    def ref_key(self, value, values):
        """Return the key of the row that a reference of this column means, in a row of these values."""
        by = self.by or (self.name,)
        return tuple(value if name == self.name else values.get(name, "") for name in by)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, the columns that identify a row, and the column that names the parent row.

    Rows of an ``owned`` sheet are all that their owner has: what the workbook lacks is to be removed. ``model``
    and ``sudo`` are carried for the caller: where the rows are kept.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("code",)
    parent: str = ""
    note: str = ""
    model: str = ""
    sudo: bool = False
    owned: bool = False
    compared: bool = True

    def column(self, name):
        """Return the column of a name or header, or None."""
        name = name.partition("@")[0]
        return next((column for column in self.columns if column.name == name), None)

    def key_of(self, values):
        return tuple(values.get(name, "") for name in self.key)

    def headers(self, languages):
        """Return the header row for the given languages."""
        return [
            column.header(language)
            for column in self.columns
            for language in (languages if column.translated else ("",))
        ]


def natural(key):
    """Sort key by which 7.2 comes before 7.10."""
    return [
        [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", str(item)) if part]
        for item in key
    ]
