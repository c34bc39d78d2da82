"""A document out of sections: which of them stand in it, under which number, with which text."""

from dataclasses import dataclass

from . import text as texts
from .problem import TemplateProblem

STYLES = ("decimal", "roman", "none")
LEVELS = (1, 2, 3)
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
# The title of a document is its only first heading.
HEADING = {1: "h2", 2: "h3", 3: "h4"}


@dataclass
class Section:
    """A section of a template: heading, text with placeholders, when it stands there, what is computed below it."""

    title: str
    text: str = ""
    level: int = 1
    condition: str = ""
    number: str = ""
    block: str = ""

    def __post_init__(self):
        self.title_pieces = texts.read_plain(self.title, self.title)
        self.pieces = texts.read(self.text, self.title)

    def check(self, known, conditions, blocks):
        """Raise a TemplateProblem for anything in this section that its data cannot answer.

        :param dict known: description of the data
        :param conditions: names of the conditions that can be chosen
        :param blocks: names of the computed blocks that can be chosen
        """
        if self.level not in LEVELS:
            raise TemplateProblem("level", self.title, str(self.level))
        if self.condition and self.condition not in conditions:
            raise TemplateProblem("condition", self.title, self.condition)
        if self.block and self.block not in blocks:
            raise TemplateProblem("block", self.title, self.block)
        texts.check(self.title_pieces, known, self.title)
        texts.check(self.pieces, known, self.title)


def compose(sections, data, conditions, render_block, style="decimal"):
    """Return the body of a document.

    :param list[Section] sections: in their order
    :param dict data: plain data of the document
    :param dict conditions: ``{name: whether it holds}``
    :param render_block: called with the name of a block, returns its HTML
    :param str style: how sections are numbered, one of ``STYLES``
    :rtype: str
    """
    present = list(standing(sections, conditions))
    result = []
    for section, number in zip(present, numbers(present, style), strict=True):
        title = texts.fill(section.title_pieces, data, section.title)
        heading = HEADING[section.level]
        if title != texts.NOTHING and title:
            label = f"{number} {title}" if number else title
            result.append(f"<{heading}>{label}</{heading}>")
        result.append(texts.fill(section.pieces, data, section.title))
        if section.block:
            result.append(str(render_block(section.block)))
    return "\n".join(part for part in result if part)


def standing(sections, conditions):
    """Yield the sections whose condition holds; what is below a section that is left out is left out as well."""
    left_out = None
    for section in sections:
        if left_out is not None and section.level > left_out:
            continue
        left_out = None
        if section.condition and not conditions.get(section.condition):
            left_out = section.level
        else:
            yield section


def numbers(sections, style="decimal"):
    """Return the numbers of sections, one for each; a number of the authority's own stands as it was written.

    :param sections: anything with ``level`` and ``number``
    """
    counts, result = [0] * (len(LEVELS) + 1), []
    for section in sections:
        if section.number or style == "none":
            result.append(section.number)
            continue
        counts[section.level] += 1
        counts[section.level + 1 :] = [0] * (len(LEVELS) - section.level)
        parts = [count or 1 for count in counts[1 : section.level + 1]]
        first = roman(parts[0]) if style == "roman" else str(parts[0])
        result.append(".".join([first, *map(str, parts[1:])]) + ".")
    return result


def roman(number):
    """Return a number below forty in Roman numerals."""
    result = ""
    for value, letters in ROMAN:
        result += letters * (number // value)
        number %= value
    return result
