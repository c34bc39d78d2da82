"""The access log without visitors: public pages promise that nobody's network address is kept. Plain Python.

Odoo's server writes a line per request, with the sender's address. For the pages of feedback the address is left out,
and so are the secrets in their paths: whoever reads the log must not rate by a kiosk or by somebody's link.
"""

import logging
import re

_PAGE = re.compile(r"[A-Z]+ /(?:feedback|appeals)(?=[/? ])")
_SECRET = re.compile(r"(/feedback/(?:at|done|once|questionnaire)/)[^/? ]+")


class WithoutVisitors(logging.Filter):
    """Lets every line through; those of public pages without address and secrets."""

    def filter(self, record):
        if record.args and isinstance(record.args, tuple):
            line = str(record.args[0])
            if _PAGE.search(line):
                # The line begins with the address, up to the first space.
                record.msg = f"-{record.msg[str(record.msg).find(' ') :]}"
                record.args = (_SECRET.sub(r"\1…", line), *record.args[1:])
        return True


def install():
    """Have the log of Odoo's server pass through the filter."""
    logging.getLogger("werkzeug").addFilter(WithoutVisitors())
