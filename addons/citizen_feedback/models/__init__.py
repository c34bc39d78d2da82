# Rooms import in one direction: intake <- rating, and signal beside it (a rating names its signal).
from . import intake
from . import case
from . import signal
from . import rating
from . import expert
from . import questionnaire
from . import qms_demo
