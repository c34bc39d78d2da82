from . import qms_process_compare
from . import qms_process_renumber
from . import qms_indicator_catalogue_wizard
from . import qms_reason_wizard
from . import qms_workbook_import
from . import qms_reference_copy
from . import qms_reference_copy_line
