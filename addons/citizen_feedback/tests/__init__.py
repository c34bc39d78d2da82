from . import test_access, test_hooks, test_qms_demo
from .intake import test_feedback_limit
from .lib import test_rating_form, test_signals
from .rating import test_feedback_public, test_feedback_rating, test_qms_service
from .signal import test_feedback_rule, test_feedback_rule_tuning, test_feedback_signal
