from . import res_company
from . import res_config_settings
from . import feedback_rating
from . import feedback_appeal
from . import feedback_privacy_log
from . import feedback_privacy
from . import feedback_privacy_request
from . import privacy_lookup_wizard
