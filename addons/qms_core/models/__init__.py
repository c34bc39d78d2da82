# Rooms import in one direction: kernel <- process <- {standard, indicator} <- goal <- improvement <- check, and
# kernel <- control <- check; document may import all of them.
from . import kernel
from . import process
from . import standard
from . import indicator
from . import goal
from . import improvement
from . import control
from . import check
from . import document
