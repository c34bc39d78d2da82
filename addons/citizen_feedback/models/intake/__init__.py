from . import res_company
from . import res_config_settings
from . import ir_http
from . import feedback_limit
from . import feedback_proof
