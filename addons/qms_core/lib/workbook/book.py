from dataclasses import dataclass, field


@dataclass
class Row:
    """Values of a row by header; ``number`` is its row number in the spreadsheet."""

    number: int
    values: dict


@dataclass
class Book:
    """Contents of a workbook: rows by sheet, and what was found wrong while reading them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
