"""Texts with placeholders: read once, checked against the names of the data, filled in as often as needed."""

import re

from . import blocks, names
from .problem import TemplateProblem

BRACES = re.compile(r"(\{\{.*?\}\})", re.DOTALL)
# Deeper nesting is a mistake, and would let a short text grow without bound.
MOST_LEVELS = 3
MOST_CHARACTERS = 200_000
NOTHING = "—"
EMPTY_LISTS = re.compile(r"<(ul|ol|tbody|table)>\s*</\1>")


def read(text, section=""):
    """Return a text as pieces: ``("text", html)``, ``("value", path)``, ``("each", path, pieces)``.

    :param str text: HTML, or plain text
    :param str section: the heading of the section, for what is said about mistakes
    :raises TemplateProblem: for a text that is no template
    """
    if len(text or "") > MOST_CHARACTERS:
        raise TemplateProblem("too_long", section, limit=MOST_CHARACTERS)
    pieces, rest = _read_pieces(BRACES.split(blocks.lift(text)), section, ())
    if rest:
        raise TemplateProblem("end_alone", section, "end")
    return pieces


def read_plain(text, section=""):
    """Return the pieces of a plain text (a heading, a title): what looks like a tag is text."""
    pieces, rest = _read_pieces(BRACES.split(blocks.html_escape(text or "")), section, ())
    if rest:
        raise TemplateProblem("end_alone", section, "end")
    return pieces


def _read_pieces(parts, section, opened):
    """Read until the end of the innermost open block; return the pieces and what follows."""
    pieces, inside_tag = [], False
    while parts:
        part, *parts = parts
        if not part.startswith("{{"):
            _check_text(part, section)
            if part:
                inside_tag = part.rfind("<") > part.rfind(">")
                pieces.append(("text", part))
            continue
        words = part[2:-2].replace("\xa0", " ").replace("&nbsp;", " ").split()
        written = " ".join(words)
        if inside_tag or "<" in written:
            raise TemplateProblem("in_tag", section, written)
        if words == ["end"]:
            if not opened:
                raise TemplateProblem("end_alone", section, written)
            return pieces, parts or [""]
        if words[:1] == ["each"]:
            block, parts = _read_block(words, parts, section, opened)
            pieces.append(block)
        elif len(words) == 1:
            pieces.append(("value", names.read_path(words[0], section)))
        else:
            raise TemplateProblem("syntax" if words else "empty", section, written)
    if opened:
        raise TemplateProblem("no_end", section, f"each {opened[-1]}")
    return pieces, []


def _read_block(words, parts, section, opened):
    written = " ".join(words)
    if len(words) != 2:
        raise TemplateProblem("syntax", section, written)
    if len(opened) == MOST_LEVELS:
        raise TemplateProblem("too_deep", section, written, limit=MOST_LEVELS)
    inner, parts = _read_pieces(parts, section, (*opened, words[1]))
    return ("each", names.read_path(words[1], section), inner), parts


def _check_text(part, section):
    for braces in ("{{", "}}"):
        if braces in part:
            start = part.index(braces)
            raise TemplateProblem("unclosed", section, part[max(0, start - 20) : start + 20].strip())
    if "%7B%7B" in part:
        raise TemplateProblem("in_tag", section, "{{…}}")


def check(pieces, known, section=""):
    """Raise a TemplateProblem for the first placeholder that the data does not have.

    :param list pieces: what ``read`` returned
    :param dict known: description of the data, see ``names``
    """
    for kind, *content in pieces:
        if kind == "value":
            found = names.describe(known, content[0], section)
            if type(found) is list:
                raise TemplateProblem("is_list", section, ".".join(content[0]))
            if type(found) is dict:
                raise TemplateProblem("is_group", section, ".".join(content[0]), known=", ".join(found))
        elif kind == "each":
            found = names.describe(known, content[0], section)
            if type(found) is not list:
                raise TemplateProblem("no_list", section, ".".join(content[0]))
            check(content[1], {**known, names.ITEM: found[0]}, section)


def fill(pieces, data, section=""):
    """Return the HTML of a text with its placeholders replaced, every value escaped.

    :param list pieces: what ``read`` returned
    :param dict data: plain dictionaries, lists, texts and numbers
    :rtype: str
    """
    result = []
    _fill(pieces, data, section, result)
    return EMPTY_LISTS.sub("", "".join(result))


def _fill(pieces, data, section, result):
    for kind, *content in pieces:
        if kind == "text":
            result.append(content[0])
        elif kind == "value":
            result.append(_html_of(names.look_up(data, content[0], section), content[0], section))
        else:
            for row in names.look_up(data, content[0], section):
                _fill(content[1], {**data, names.ITEM: row}, section, result)


def _html_of(value, path, section):
    if value is None or value is False or value == "":
        return NOTHING
    if type(value) not in (str, int, float):
        raise TemplateProblem("is_list" if type(value) is list else "is_group", section, ".".join(path), known="")
    return blocks.html_escape(str(value).strip()).replace("\n", "<br/>")
