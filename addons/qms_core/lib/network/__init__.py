"""Interaction of processes: who supplies whom, whose ends are missing, and the picture of it; plain Python.

``build(processes, parties, flows)`` merges what each process names, ``place(network)`` computes all positions,
``to_data(diagram)`` and ``to_svg(diagram)`` give them to the web client and to print.
"""

from .drawing import to_data, to_svg
from .geometry import CUSTOMER, PROCESS, SUPPLIER, Diagram
from .graph import (
    GROUPS,
    INPUT,
    ONE_SIDED,
    OUTPUT,
    OUTSIDE,
    UNSUPPLIED,
    UNTAKEN,
    Edge,
    Flow,
    MissingEnd,
    Network,
    Party,
    Process,
)
from .merging import build, same_name
from .placing import WORDS, place
from .sheet import for_print

__all__ = [
    "CUSTOMER",
    "GROUPS",
    "INPUT",
    "ONE_SIDED",
    "OUTPUT",
    "OUTSIDE",
    "PROCESS",
    "SUPPLIER",
    "UNSUPPLIED",
    "UNTAKEN",
    "WORDS",
    "Diagram",
    "Edge",
    "Flow",
    "MissingEnd",
    "Network",
    "Party",
    "Process",
    "build",
    "for_print",
    "place",
    "same_name",
    "to_data",
    "to_svg",
]
