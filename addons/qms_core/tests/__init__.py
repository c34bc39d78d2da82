from .improvement import test_qms_nonconformity
from .indicator import test_qms_indicator
from .kernel import (
    test_ir_actions_report,
    test_qms_body,
    test_qms_deadline_mixin,
    test_qms_frozen_mixin,
    test_qms_number_mixin,
    test_qms_origin_mixin,
    test_qms_role,
    test_rooms,
)
from .lib import test_layout, test_network, test_workbook
from .process import (
    test_qms_process,
    test_qms_process_interaction,
    test_qms_process_version,
    test_qms_service,
    test_qms_workbook,
    test_qms_workbook_import,
    test_qms_workbook_version,
)
from .standard import test_qms_requirement
from . import test_access, test_access_matrix, test_javascript
