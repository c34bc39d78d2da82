from . import test_access, test_hooks, test_qms_demo
from .intake import test_barrier_public, test_feedback_limit, test_feedback_proof
from .lib import test_barrier, test_rating_form, test_signals
from .rating import (
    test_feedback_aspect,
    test_feedback_internal_rating,
    test_feedback_public,
    test_feedback_rating,
    test_qms_service,
)
from .signal import test_feedback_rule, test_feedback_rule_sources, test_feedback_rule_tuning, test_feedback_signal
