"""What tests share that run Odoo in a process of its own: install, update, look at the result."""

import re
import subprocess
from pathlib import Path

from conftest import setting

SCRIPTS = Path(__file__).parent / "scripts"
OPEN_EVERYTHING = (SCRIPTS / "open_everything.py").read_text(encoding="utf-8")
LOGGED_PROBLEM = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (ERROR|CRITICAL) .*", re.MULTILINE)


def odoo(database, *options):
    """Run Odoo once on a database; fails the test when it ends or logs badly. Returns the log."""
    result = subprocess.run(
        [
            "odoo",
            "-c",
            setting("QMS_CONFIG"),
            "-d",
            database,
            "--stop-after-init",
            "--no-http",
            "--logfile",
            "",
            *options,
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
    )
    problems = LOGGED_PROBLEM.findall(result.stderr)
    assert result.returncode == 0 and not problems, result.stderr[-4000:]
    return result.stderr


def shell(qms, database, script, may_log_errors=False):
    """Run a script in Odoo's shell on a database; fails the test when it ends or logs badly. Returns its output."""
    result = qms("shell", "--db", database, "--logfile=", input=script)
    problems = [] if may_log_errors else LOGGED_PROBLEM.findall(result.stderr)
    assert result.returncode == 0 and not problems, result.stderr[-4000:]
    return result.stdout


def opened_actions(output):
    """Return how many actions ``OPEN_EVERYTHING`` opened; fails the test when one did not open."""
    failed = output.partition("FAILED")
    assert not failed[1], failed[1] + failed[2]
    return int(re.search(r"^OPENED (\d+)$", output, re.MULTILINE).group(1))
