from . import qms_process_version
from . import qms_problem_report
from . import qms_document_word
from . import qms_table
from . import qms_document
from . import qms_document_public
