from . import anticorruption_plan
from . import anticorruption_measure
from . import qms_demo
