"""BPMN 2.0 files: written from a map with its geometry, read from ours and other tools'; plain Python.

``write(process)`` returns the XML, ``read(data)`` what a file says and what of it has no place in a map,
``compare(old, new)`` what would have to be changed.
"""

from .compare import Plan, compare, in_reading_order, stamp, stamped
from .model import BpmnError, Flow, Process, Reading, Remark, Role, Step
from .parser import read
from .source import LIMIT, check_size
from .writer import write

__all__ = [
    "LIMIT",
    "BpmnError",
    "Flow",
    "Plan",
    "Process",
    "Reading",
    "Remark",
    "Role",
    "Step",
    "check_size",
    "compare",
    "in_reading_order",
    "read",
    "stamp",
    "stamped",
    "write",
]
