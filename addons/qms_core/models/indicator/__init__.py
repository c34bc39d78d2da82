from . import qms_indicator
from . import qms_measurement
from . import qms_process
from . import qms_workbook
