from . import qms_bpmn_import
from . import qms_reason_wizard
from . import qms_workbook_import
