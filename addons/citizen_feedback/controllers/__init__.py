from . import rating
from . import questionnaire
