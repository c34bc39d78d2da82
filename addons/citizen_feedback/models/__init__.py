# Rooms import in one direction: intake <- rating <- signal (a rating names its signal, nothing more).
# Rooms import in one direction: intake <- rating <- appeal, and signal beside them (a rating names its signal).
from . import intake
from . import rating
from . import signal
from . import appeal
from . import case
from . import signal
from . import rating
from . import expert
from . import questionnaire
from . import qms_demo
