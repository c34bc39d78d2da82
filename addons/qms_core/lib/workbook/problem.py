from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something wrong in a workbook, and where: ``row`` is the row number that the spreadsheet program shows.

    The library knows no languages: ``code`` and ``params`` become a sentence where they are shown.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    params: dict = field(default_factory=dict)
