from .check import test_qms_check, test_qms_check_city, test_qms_check_issue, test_qms_check_model, test_qms_check_run
from .improvement import test_qms_nonconformity, test_qms_process_demand, test_qms_screening_line
from .indicator import test_qms_indicator, test_qms_indicator_template
from .kernel import (
    test_ir_actions_report,
    test_qms_body,
    test_qms_deadline_mixin,
    test_qms_duty,
    test_qms_frozen_mixin,
    test_qms_handover,
    test_qms_number_mixin,
    test_qms_origin_mixin,
    test_qms_role,
    test_rooms,
)
from .lib import (
    test_bpmn,
    test_bpmn_foreign,
    test_compare,
    test_flowtime,
    test_hours,
    test_layout,
    test_network,
    test_numbering,
    test_overlap,
    test_priority,
    test_readability,
    test_reference,
    test_workbook,
)
from .process import (
    test_qms_bpmn_import,
    test_qms_optimisation,
    test_qms_process,
    test_qms_process_bpmn,
    test_qms_process_compare,
    test_qms_process_figures,
    test_qms_process_interaction,
    test_qms_process_register,
    test_qms_process_renumber,
    test_qms_process_sharing,
    test_qms_process_version,
    test_qms_reference_copy,
    test_qms_responsibility,
    test_qms_responsibility_matrix,
    test_qms_role as test_qms_role_in_processes,
    test_qms_screening,
    test_qms_service,
    test_qms_service_card,
    test_qms_service_norm,
    test_qms_service_point,
    test_qms_workbook,
    test_qms_workbook_import,
    test_qms_workbook_services,
    test_qms_workbook_version,
)
from .standard import test_qms_requirement, test_qms_responsibility as test_requirement_responsibility
from . import test_access, test_access_matrix, test_javascript
