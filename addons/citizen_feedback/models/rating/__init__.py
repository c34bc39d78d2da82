from . import feedback_aspect
from . import feedback_rating
from . import feedback_internal_rating
from . import qms_service
from . import qms_indicator
from . import feedback_case_statistics
