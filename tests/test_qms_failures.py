"""./qms says in one sentence what is wrong and what to do, and leaves nothing half-made."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, free_port, make_database

CLEAN = dict.fromkeys(["PGHOST", "PGUSER", "QMS_CLUSTER", "QMS_ONLY_CLUSTER", "QMS_ODOO", "PYTHON"])


def sentence(result):
    """The one line that a failed command ends with, without its prefix."""
    assert result.returncode == 1, (result.returncode, result.stderr)
    said = [line for line in result.stderr.splitlines() if line.startswith("qms: ")]
    assert len(said) == 1, result.stderr
    assert result.stderr.splitlines()[-1] == said[0]
    return said[0].removeprefix("qms: ")


def parts(script, **environment):
    """Run a few lines of bash with the parts of ./qms loaded."""
    load = f'ROOT={ROOT} SCRIPTS={ROOT}/scripts; . "$SCRIPTS/lib/base.sh"; '
    load += 'for part in "$SCRIPTS"/lib/[!b]*.sh "$SCRIPTS"/setup/*.sh; do . "$part"; done\n'
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", load + script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def fake_python(tmp_path):
    """Function that makes an interpreter which claims to be of some version."""

    def make(version):
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\necho {version}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def fake_odoo(tmp_path):
    """Function that makes a source tree of some Odoo version."""

    def make(version):
        (tmp_path / "tree" / "odoo").mkdir(parents=True)
        (tmp_path / "tree" / "odoo" / "release.py").write_text(f"version_info = {version}\n")
        return str(tmp_path / "tree")

    return make


def test_port_taken(qms, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = sentence(qms("run", "--port", port, QMS_LOCAL=str(tmp_path / "local")))
    assert f"Port {port} is taken" in said
    assert "--port" in said
    assert not (tmp_path / "local" / "venv").exists()


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_port_that_is_none(qms, tmp_path, port):
    assert "from 1024 to 65535" in sentence(qms("run", "--port", port, QMS_LOCAL=str(tmp_path)))


def test_no_right_to_write(qms):
    """Not even root can make a folder there."""
    said = sentence(qms("run", "--port", str(free_port()), QMS_LOCAL="/dev/null/local"))
    assert "Nothing can be written to /dev/null/local" in said
    assert "QMS_LOCAL" in said


@pytest.mark.parametrize("version", ["3.9", "3.14"])
def test_wrong_python(qms, tmp_path, fake_python, version):
    local = tmp_path / "local"
    result = qms(
        "run", "--port", str(free_port()), **{**CLEAN, "QMS_LOCAL": str(local), "PYTHON": fake_python(version)}
    )
    assert f"is Python {version} and Odoo 19 needs 3.10 to 3.13" in sentence(result)
    assert not (local / "venv").exists()


def test_no_python(qms, tmp_path):
    result = qms(
        "run", "--port", str(free_port()), **{**CLEAN, "QMS_LOCAL": str(tmp_path), "PYTHON": "/nowhere/python"}
    )
    assert "There is no Python here" in sentence(result)


def test_another_odoo_version(qms, tmp_path, fake_odoo):
    local = tmp_path / "local"
    tree = fake_odoo((18, 0, 0, "final", 0, ""))
    result = qms("run", "--port", str(free_port()), **{**CLEAN, "QMS_LOCAL": str(local), "QMS_ODOO": tree})
    said = sentence(result)
    assert "is version 18.0 and these addons need 19.0" in said
    assert not (local / "venv").exists()


def test_folder_without_odoo(qms, tmp_path):
    result = qms("run", "--port", str(free_port()), **{**CLEAN, "QMS_LOCAL": str(tmp_path), "QMS_ODOO": str(tmp_path)})
    assert "holds no Odoo" in sentence(result)


def test_no_network(qms, tmp_path, fake_odoo):
    """pip asks an address where nobody listens; the next try starts from the beginning."""
    closed = f"http://127.0.0.1:{free_port()}/simple"
    environment = {
        **CLEAN,
        "QMS_LOCAL": str(tmp_path / "local"),
        "QMS_ODOO": fake_odoo((19, 0, 0, "final", 0, "")),
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": closed,
        "PIP_EXTRA_INDEX_URL": closed,
        "PIP_FIND_LINKS": None,
        "PIP_RETRIES": "0",
    }
    said = sentence(qms("run", "--port", str(free_port()), **environment))
    assert '"Python packages" could not reach its download source' in said
    assert not (tmp_path / "local" / "stamps" / "python").exists()


def test_disk_full(tmp_path):
    result = parts(
        "need_local; fill() { echo 'write: No space left on device'; return 1; }; step part 1 1 'A part' fill",
        QMS_LOCAL=str(tmp_path / "local"),
    )
    assert "is full: free some space" in sentence(result)
    assert not (tmp_path / "local" / "stamps" / "part").exists()


def test_too_little_space(tmp_path):
    result = parts("need_local; step part 1 999999999 'A part' true", QMS_LOCAL=str(tmp_path / "local"))
    assert "999999999 MB are needed" in sentence(result)


@pytest.fixture(scope="module")
def odd_database():
    """A copy of the prepared database to make odd."""
    return make_database("odd")


def set_version(database, addon, version):
    statement = f"UPDATE ir_module_module SET latest_version = '{version}' WHERE name = '{addon}'"
    subprocess.run(["psql", "-q", "-d", database, "-c", statement], check=True)


@pytest.mark.parametrize(
    ("addon", "version", "said"),
    [
        ("qms_core", "19.0.99.0.0", "was made by newer code (qms_core 19.0.99.0.0, here 19.0."),
        ("base", "18.0.1.3", "belongs to Odoo 18.0.1.3 and this is 19.0"),
    ],
)
def test_database_of_another_version(qms, odd_database, addon, version, said):
    query = f"SELECT latest_version FROM ir_module_module WHERE name = '{addon}'"
    real = subprocess.run(["psql", "-Atqc", query, odd_database], check=True, capture_output=True, text=True).stdout
    set_version(odd_database, addon, version)
    try:
        for command in (["run", "--port", str(free_port())], ["update"], ["backup", "/tmp/never.zip"]):
            assert said in sentence(qms(*command, "--db", odd_database))
    finally:
        set_version(odd_database, addon, real.strip())
    assert not Path("/tmp/never.zip").exists()


def test_unknown_command(qms):
    assert "./qms help" in sentence(qms("fly"))
    assert "./qms help" in sentence(qms("../run"))


def test_help_names_every_command(qms):
    text = qms("help").stdout
    commands = {path.stem for path in (ROOT / "scripts" / "cmd").glob("*.sh")}
    assert {line.split()[0] for line in text.splitlines() if line.startswith("  ") and line[2].islower()} >= commands


def test_interrupted_step_is_done_again(tmp_path):
    """Killed in the middle, a step leaves no stamp, and the next run makes its result whole."""
    local = str(tmp_path / "local")
    make = 'make() { mkdir -p "$LOCAL/part.new"; %s mv "$LOCAL/part.new" "$LOCAL/part"; }; '
    make += "need_local; step part 1 1 Part make"
    killed = parts(make % "kill -9 $$ $BASHPID;", QMS_LOCAL=local)
    assert killed.returncode
    assert not Path(local, "part").exists()
    assert parts(make % "", QMS_LOCAL=local).returncode == 0
    assert Path(local, "part").is_dir()


def ended_without_cluster(start, local):
    """What becomes of a server when ./qms run is called: with its PostgreSQL, and after that was killed."""
    look = 'end_server_without_cluster; if [ -n "$(running_server)" ]; then echo goes on; else echo ended; fi\n'
    result = parts(
        start
        + "sleep 300 >&- 2>&- 3>&- &\n"
        + 'echo "$! 1 crash $(start_time "$!")" >"$SERVER_FILE"\n'
        + look
        + 'kill -9 "$(head -n1 "$LOCAL/pg/crash/data/postmaster.pid")"\n'
        + look,
        QMS_LOCAL=local,
        QMS_ONLY_CLUSTER="crash",
    )
    assert result.returncode == 0, result.stderr
    assert "PostgreSQL has ended under the running server" in result.stderr
    return result.stdout


def test_cluster_survives_kill(tmp_path_factory):
    """PostgreSQL killed with -9 starts again and has kept what was committed."""
    local = os.environ["QMS_LOCAL"]
    start = "need_local; check_python; setup_postgres; use_cluster crash\n"
    try:
        written = parts(
            start
            + 'psql -qd postgres -c "CREATE TABLE kept AS SELECT 1 AS one" >&2\n'
            + 'kill -9 "$(head -n1 "$LOCAL/pg/crash/data/postmaster.pid")"',
            QMS_LOCAL=local,
        )
        assert written.returncode == 0, written.stderr
        again = parts(
            start
            + 'psql -Atqd postgres -c "SELECT one FROM kept; SHOW fsync; SHOW full_page_writes; SHOW listen_addresses"',
            QMS_LOCAL=local,
        )
        assert again.stdout.split("\n")[:4] == ["1", "on", "on", ""], again.stderr
        assert not Path(local, "pg/crash/data/postmaster.pid").exists()
        assert ended_without_cluster(start, local) == "goes on\nended\n"
    finally:
        subprocess.run(["rm", "-rf", f"{local}/pg/crash", f"{local}/crash", f"{local}/stamps/search-crash"], check=True)
