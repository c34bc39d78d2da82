from . import qms_process_version
from . import qms_problem_report
