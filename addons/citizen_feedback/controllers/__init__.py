from . import rating
from . import channel
from . import place
from . import api
