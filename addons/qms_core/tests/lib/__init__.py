from . import test_docgen
from . import test_word
