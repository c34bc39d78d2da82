from . import feedback_rating
from . import feedback_batch
from . import feedback_batch_line
from . import feedback_invitation
from . import feedback_rating_channel
from . import feedback_channel
from . import qms_service
from . import qms_indicator
