from . import qms_indicator
from . import qms_measurement
from . import qms_indicator_template
from . import qms_process
from . import qms_service
from . import qms_service_promise
from . import qms_workbook
from . import qms_day
