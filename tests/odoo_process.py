"""What tests share that run Odoo in a process of its own: install, update, look at the result."""

import re
import subprocess
from pathlib import Path

from conftest import setting

SCRIPTS = Path(__file__).parent / "scripts"
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


def open_everything(qms, database):
    """Open every view of our menus and some records; returns how many actions were opened."""
    return look_and_open_everything(qms, database, "")[0]


def look_and_open_everything(qms, database, look):
    """Run a script, then open everything; returns how many actions were opened and the lines of output."""
    script = look + (SCRIPTS / "open_everything.py").read_text(encoding="utf-8")
    result = qms("shell", "--db", database, input=script)
    assert result.returncode == 0, result.stderr
    failed = result.stdout.partition("FAILED")
    assert not failed[1], failed[1] + failed[2]
    opened = int(re.search(r"^OPENED (\d+)$", result.stdout, re.MULTILINE).group(1))
    return opened, result.stdout.splitlines()
