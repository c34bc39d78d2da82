"""Two versions of a process side by side: what was added, removed and changed; plain Python on plain data."""

from .difference import ADDED, CHANGED, REMOVED, SAME, Difference, compare, tally
from .words import changed_words, opcodes

__all__ = ["ADDED", "CHANGED", "REMOVED", "SAME", "Difference", "changed_words", "compare", "opcodes", "tally"]
