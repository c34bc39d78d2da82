from . import qms_reason_wizard
from . import qms_workbook_import
from . import qms_staffing_gap
from . import qms_position_proposal
from . import qms_position_proposal_line
