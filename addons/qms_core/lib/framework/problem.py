from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something wrong in a framework file: ``place`` names the line, key or clause as people find it in the file.

    The library knows no languages: ``code`` and ``params`` become a sentence where they are shown.
    """

    code: str
    place: str = ""
    params: dict = field(default_factory=dict)
