"""What people have today works tomorrow: the previous release's city, updated, opens everywhere.

``tests/data/`` holds the city of the release before. When a release is made, this writes the next one:
``QMS_WRITE=city ./qms test tests/test_upgrade.py``.
"""

import lzma
import os
import re
import subprocess
from pathlib import Path

from conftest import drop_database, make_database, setting
from odoo_process import OPEN_EVERYTHING, odoo, opened_actions, shell

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[1]
VERIFY = 'print("PROBLEMS", env["qms.frozen.mixin"].verify_all())\n'
# What must not become fewer.
COUNTED = ("qms_process_version", "qms_process_step", "qms_seal", "qms_nonconformity", "qms_action", "qms_role_holder")


def previous_city():
    """Return the file with the city of the newest kept release."""
    return sorted(DATA.glob("city-*.sql.xz"))[-1]


def current_version():
    manifest = (ROOT / "addons/qms_core/__manifest__.py").read_text(encoding="utf-8")
    return re.search(r'"version": "([\d.]+)"', manifest).group(1)


def counts(database):
    """Return how many records the tables of ``COUNTED`` hold, read past Odoo."""
    query = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in COUNTED)
    answer = subprocess.run(["psql", "-tA", "-d", database, "-c", query], check=True, capture_output=True, text=True)
    return [int(count) for count in answer.stdout.split()]


def write_city():
    database = make_database("write", "--city")
    text = subprocess.run(["pg_dump", "--no-owner", "--no-privileges", database], check=True, capture_output=True)
    DATA.mkdir(exist_ok=True)
    (DATA / f"city-{current_version()}.sql.xz").write_bytes(lzma.compress(text.stdout, preset=9 | lzma.PRESET_EXTREME))
    drop_database(database)


def test_the_previous_city_opens_after_an_update(qms):
    if "city" in os.environ.get("QMS_WRITE", ""):
        write_city()
    name = f"{setting('QMS_TEST_PREFIX')}_upgrade"
    subprocess.run(["createdb", "-T", "template0", "-E", "UTF8", name], check=True)
    try:
        dump = lzma.decompress(previous_city().read_bytes())
        subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", name], input=dump, check=True, stdout=subprocess.DEVNULL
        )
        before = counts(name)
        odoo(name, "-u", "qms_core,qms_audit,lean_projects,citizen_feedback,anticorruption")
        assert all(now >= then for now, then in zip(counts(name), before, strict=True)), (before, counts(name))
        output = shell(qms, name, VERIFY + OPEN_EVERYTHING)
        assert "PROBLEMS []" in output
        assert opened_actions(output) > 30
    finally:
        drop_database(name)
