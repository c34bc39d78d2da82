from . import rating
from . import channel
from . import place
from . import api
from . import appeal
from . import attachment
from . import follow
from . import questionnaire

from ..lib import access_log

# Here, as the server imports it once; what it filters are the pages of this folder.
access_log.install()
