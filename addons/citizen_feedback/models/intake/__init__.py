from . import res_company
from . import res_config_settings
from . import ir_http
from . import feedback_limit
from . import feedback_limit_channel
from . import feedback_channel
from . import feedback_channel_key
from . import feedback_proof
