from . import test_qms_audit, test_qms_audit_finding, test_qms_audit_line, test_qms_audit_report, test_qms_audit_team
