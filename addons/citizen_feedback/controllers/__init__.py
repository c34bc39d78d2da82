from . import rating
from . import appeal
from . import follow
