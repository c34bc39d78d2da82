# Rooms import in one direction: intake <- rating <- appeal <- privacy, and signal beside them (a rating names its
# signal).
from . import intake
from . import case
from . import signal
from . import rating
from . import appeal
from . import privacy
from . import expert
from . import questionnaire
from . import qms_demo
