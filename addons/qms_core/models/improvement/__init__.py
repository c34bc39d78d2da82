from . import qms_nonconformity
from . import qms_action
from . import qms_process
from . import qms_demo
from . import qms_screening
from . import qms_screening_line
from . import qms_process_demand
from . import qms_optimisation
