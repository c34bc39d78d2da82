from . import feedback_signal
