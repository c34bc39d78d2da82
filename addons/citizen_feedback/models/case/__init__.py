from . import feedback_case
from . import feedback_case_load
from . import feedback_case_import
from . import feedback_case_report
from . import feedback_case_statistics
from . import qms_service
from . import qms_indicator
