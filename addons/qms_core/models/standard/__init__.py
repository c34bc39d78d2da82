from . import qms_standard
from . import qms_requirement
from . import qms_process
from . import qms_responsibility
from . import qms_responsibility_matrix
from . import qms_workbook
from . import qms_workbook_responsibility
