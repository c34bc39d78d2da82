from . import survey_survey
from . import survey_user_input
from . import feedback_wave
from . import feedback_wave_close
from . import feedback_wave_result
from . import qms_service
