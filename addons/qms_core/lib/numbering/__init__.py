"""New codes for a tree of processes: the code of a part is that of the whole and its number; plain Python."""

from .tree import Scheme, natural, renumber

__all__ = ["Scheme", "natural", "renumber"]
