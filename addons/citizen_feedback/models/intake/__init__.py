from . import res_company
from . import res_config_settings
from . import ir_http
from . import feedback_consent
from . import feedback_limit
from . import feedback_personal_mixin
from . import ir_attachment
from . import feedback_proof
