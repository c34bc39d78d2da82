from . import rating
from . import channel
from . import place
from . import api
from . import appeal
from . import follow
from . import questionnaire
