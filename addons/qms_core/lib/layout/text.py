"""Text in boxes: estimated widths, wrapping, shrinking, and as a last resort an ellipsis."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Advance widths in hundredths of an em, rounded up, of DejaVu Sans: the widest of the fonts the drawing asks for, so
# what fits by this table also fits in Noto Sans and Arial.
_WIDTHS = {
    28: "'ijlії",
    30: "IJІЇ",
    32: " ,.’‘",
    34: "/:;\\|",
    36: "f",
    38: "-",
    40: "()[]t",
    42: "!r",
    46: '"',
    50: "*_`–§°",
    52: "„“”",
    54: "?szгзґ",
    56: "Lcсэє",
    58: "Fk",
    60: "vxyвтухчьў•",
    62: "PTYaeoГРТУабекояёҐЎ«»",
    64: "$0123456789ESbdghnpqu{}ЕлрЁ",
    66: "KЗийнп",
    70: "ABCRVXZАБВСХЧЬЭЯдцЄ",
    72: "Къ",
    74: "U",
    76: "HNИЙЛНПм",
    78: "&DGЦ",
    80: "OQДОы",
    82: "w",
    84: "#+<=>^~Ъ×→",
    86: "фю",
    88: "MМФ",
    90: "Ы",
    92: "жш",
    96: "%щ",
    98: "m",
    100: "@W—…",
    106: "№",
    108: "ЖШЮ",
    110: "Щ",
}
_WIDTH_OF = {ord(char): width for width, chars in _WIDTHS.items() for char in chars}
_UNKNOWN_WIDTH = 100
_WIDE_WIDTH = 140
LINE_HEIGHT = 1.2
ELLIPSIS = "…"
SIZES = (11, 10, 9)

# Kept by lxml and browsers alike; everything else is no character of XML 1.0.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"(?<=\w[-/–])(?=\w)")


@dataclass(frozen=True)
class Fitted:
    """Lines of text at a font size, with their extents in pixels."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    clipped: bool = False


def clean(text):
    """Return ``text`` with only the characters XML allows and single spaces."""
    return " ".join(_NOT_XML.sub(" ", text).split())


@lru_cache(maxsize=4096)
def _em_width(text):
    return sum(_WIDTH_OF.get(ord(char)) or _char_width(char) for char in text)


def _char_width(char):
    if unicodedata.combining(char):
        return 0
    # Emoji and ideographs come from fallback fonts that are wider than one em in places.
    return _WIDE_WIDTH if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else _UNKNOWN_WIDTH


def text_width(text, size):
    """Return the estimated width of one line in pixels."""
    return _em_width(text) * size / 100


@lru_cache(maxsize=4096)
def fit(text, width, height, sizes=SIZES):
    """Return ``text`` wrapped into a box of ``width`` × ``height`` pixels.

    The largest size that needs no broken word wins, then the largest one that breaks overlong words; if even the
    smallest does not fit, its last line ends with an ellipsis.
    """
    words = [part for word in clean(text).split() for part in _pieces(word)]
    if not words:
        return Fitted((), sizes[-1], 0, 0)
    for breaking in (False, True):
        for size in sizes:
            lines = _wrap(words, width, size, breaking)
            if lines is not None and len(lines) * size * LINE_HEIGHT <= height:
                return _fitted(lines, size)
    size = sizes[-1]
    return _fitted(_clip(lines, width, height, size), size, clipped=True)


def _pieces(word):
    """Yield ``(separator, piece)``: a word may be broken after a hyphen or a slash without adding anything."""
    for index, piece in enumerate(_BREAK.split(word)):
        yield ("" if index else " "), piece


def _wrap(words, width, size, breaking):
    """Return lines no wider than ``width``, filled first come first served; None if a word would have to be broken."""
    lines, line = [], ""
    for separator, word in words:
        longer = line + separator + word if line else word
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        if text_width(word, size) > width:
            if not breaking:
                return None
            *full, word = _break_word(word, width, size)
            lines += full
        line = word
    return [*lines, line]


def _break_word(word, width, size):
    parts, part = [], ""
    for char in word:
        if part and text_width(part + char, size) > width:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def _clip(lines, width, height, size):
    kept = lines[: max(1, int(height / (size * LINE_HEIGHT)))]
    last = kept[-1]
    while last and text_width(last + ELLIPSIS, size) > width:
        last = last[:-1]
    return [*kept[:-1], last.rstrip() + ELLIPSIS]


def _fitted(lines, size, clipped=False):
    width = max(text_width(line, size) for line in lines)
    return Fitted(tuple(lines), size, width, len(lines) * size * LINE_HEIGHT, clipped)
