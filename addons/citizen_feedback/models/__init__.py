# Rooms import in one direction: intake <- case <- rating <- appeal <- expert <- questionnaire; signal looks at all of
# them (what raised a signal names it, nothing more), and privacy knows them all.
from . import intake
from . import case
from . import rating
from . import appeal
from . import expert
from . import questionnaire
from . import signal
from . import privacy
from . import qms_demo
from . import qms_demo_appeals
from . import qms_demo_cases
from . import qms_demo_channels
from . import qms_demo_experts
from . import qms_demo_signals
