from . import res_company
from . import res_config_settings
from . import ir_http
from . import feedback_limit
from . import feedback_signal
from . import feedback_rating
from . import qms_service
from . import qms_demo
