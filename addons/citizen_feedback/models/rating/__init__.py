from . import feedback_rating
from . import qms_service
from . import qms_indicator
from . import feedback_case_statistics
