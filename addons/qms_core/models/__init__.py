# Rooms import in one direction: kernel <- process <- {standard, indicator} <- improvement.
# Rooms import in one direction: kernel <- process <- {standard, indicator, improvement}, kernel <- control.
from . import kernel
from . import process
from . import standard
from . import indicator
from . import improvement
from . import control
