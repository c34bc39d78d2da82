# Rooms import in one direction: kernel <- process <- {standard, indicator} <- improvement.
from . import kernel
from . import process
from . import standard
from . import indicator
from . import improvement
