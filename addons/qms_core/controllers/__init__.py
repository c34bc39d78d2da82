from . import qms_process_version
