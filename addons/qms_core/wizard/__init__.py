from . import qms_indicator_catalogue_wizard
from . import qms_reason_wizard
from . import qms_workbook_import
