from . import feedback_signal
from . import feedback_signal_basis
from . import feedback_rule
from . import feedback_rule_watch
from . import feedback_rule_tuning
from . import feedback_signal_raise
from . import feedback_rating
from . import res_company
