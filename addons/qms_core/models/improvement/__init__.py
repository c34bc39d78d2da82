from . import qms_nonconformity
from . import qms_action
from . import qms_process
from . import qms_demo
