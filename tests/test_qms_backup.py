"""./qms backup and restore: what was saved comes back, neutralised and verified."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import drop_database, make_database

SETUP = """
env["ir.attachment"].create({"name": "kept.txt", "raw": b"kept for ever, in the filestore " * 9})
env["ir.mail_server"].create({"name": "real", "smtp_host": "mail.example.com"})
env["ir.actions.server"].create({
    "name": "hook", "model_id": env.ref("base.model_res_partner").id, "state": "webhook",
    "webhook_url": "https://hook.example.com/x",
})
env.cr.commit()
"""
LOOK = """
kept = env["ir.attachment"].search([("name", "=", "kept.txt")])
print("file", kept.raw[:8].decode())
print("mail", env["ir.mail_server"].search([]).mapped("smtp_host"))
print("jobs", env["ir.cron"].search([]).mapped("cron_name"))
print("hook", env["ir.actions.server"].search([("state", "=", "webhook")]).mapped("webhook_url"))
print("uuid", env["ir.config_parameter"].get_param("database.uuid"))
"""


def look(qms, database):
    result = qms("shell", "--db", database, input=LOOK)
    assert result.returncode == 0, result.stderr
    return dict(line.split(" ", 1) for line in result.stdout.splitlines() if line[4:5] == " ")


@pytest.fixture(scope="module")
def saved(qms, tmp_path_factory):
    """(file, database): a backup of a database with a file, a mail server and a webhook."""
    database = make_database("saved")
    assert qms("shell", "--db", database, input=SETUP).returncode == 0
    file = tmp_path_factory.mktemp("backup") / "city.qms"
    result = qms("backup", str(file), "--db", database)
    assert result.returncode == 0, result.stderr
    yield file, database
    drop_database(database)


@pytest.fixture(scope="module")
def restored(qms, saved):
    file, database = saved
    name = f"{database}_restored"
    result = qms("restore", str(file))
    yield name, result
    drop_database(name)


def test_restored_database_holds_the_data_and_is_neutralised(qms, saved, restored):
    name, result = restored
    assert result.returncode == 0, result.stderr
    assert "All frozen records are as they were approved." in result.stdout
    before, after = look(qms, saved[1]), look(qms, name)
    assert after["file"] == before["file"] == "kept for"
    assert before["mail"] == "['mail.example.com']"
    assert "mail.example.com" not in after["mail"]
    assert len(before["jobs"].split(",")) > 1
    assert len(after["jobs"].split(",")) == 1
    assert "hook.example.com" in before["hook"]
    assert "hook.example.com" not in after["hook"]
    assert before["uuid"] != after["uuid"]


def test_restore_overwrites_nothing(qms, saved, restored):
    result = qms("restore", str(saved[0]))
    assert result.returncode == 1
    assert "is already there" in result.stderr


def test_backup_overwrites_nothing(qms, saved):
    result = qms("backup", str(saved[0]), "--db", saved[1])
    assert result.returncode == 1
    assert "is already there" in result.stderr


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign"])
def test_damaged_backup_is_refused(qms, saved, tmp_path, damage):
    file = tmp_path / "damaged.qms"
    if damage == "cut":
        file.write_bytes(saved[0].read_bytes()[:-2000])
    elif damage == "foreign":
        file.write_bytes(b"no backup at all")
    else:
        with zipfile.ZipFile(saved[0]) as source, zipfile.ZipFile(file, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, content[:-1] + b"?" if name == "database.dump" else content)
    result = qms("restore", str(file), "--db", f"{saved[1]}_damaged")
    assert result.returncode == 1
    assert "take another one" in result.stderr
    names = subprocess.run(["psql", "-lqAt", "-d", "postgres"], check=True, capture_output=True, text=True).stdout
    assert "_damaged" not in names
    assert not list(Path(os.environ["QMS_DATA"], "filestore").glob("*_damaged*"))
