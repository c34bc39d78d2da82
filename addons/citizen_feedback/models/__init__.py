# Rooms import in one direction: intake <- rating <- signal (a rating names its signal, nothing more).
from . import intake
from . import rating
from . import signal
from . import qms_demo
