from . import test_lean_stage
from . import test_lean_target
from . import test_project_project
from . import test_project_milestone
from . import test_qms_process
from . import test_ordinary_projects
from . import test_companies
from . import test_hooks
