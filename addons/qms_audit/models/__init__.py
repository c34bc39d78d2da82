from . import qms_audit_part_mixin
from . import qms_audit_team_mixin
from . import qms_audit
from . import qms_audit_report
from . import qms_audit_line
from . import qms_audit_finding
from . import qms_demo
