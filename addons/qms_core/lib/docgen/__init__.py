"""Documents out of templates and plain data: placeholders, sections, numbers, sources, differences; plain Python."""

from .contents import Entry, contents
from .difference import difference, difference_of_units, same, units
from .digest import changed, digest
from .document import LEVELS, STYLES, Section, compose, numbers, standing
from .names import describe, look_up, paths, read_path
from .problem import TemplateProblem
from .shipped import Shipped
from .shipped import read as read_file
from .text import check, fill, read, read_plain

__all__ = [
    "LEVELS",
    "STYLES",
    "Entry",
    "Section",
    "Shipped",
    "TemplateProblem",
    "changed",
    "check",
    "compose",
    "contents",
    "describe",
    "difference",
    "difference_of_units",
    "digest",
    "fill",
    "look_up",
    "numbers",
    "paths",
    "read",
    "read_file",
    "read_path",
    "read_plain",
    "same",
    "standing",
    "units",
]
