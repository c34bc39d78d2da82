"""./qms run --detach, kill -9, run again, stop: on a copy of the prepared database."""

import os
import select
import signal
import time
import urllib.request

import pytest
from conftest import drop_database, free_port, make_database, start_server, stop_server

# A second ./qms run looks whether anything is missing: beside Odoo's own start that is little. On two
# quiet cores both together take less than 15 seconds.
RATIO_TO_BARE_START = 3


@pytest.fixture(scope="module")
def database():
    name = make_database("run")
    yield name
    drop_database(name)


def login_page(port):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/web/login", timeout=30) as answer:
        return answer.read().decode()


def server_process():
    path = os.path.join(os.environ["QMS_LOCAL"], "run", "server-test")
    with open(path) as source:
        return int(source.read().split()[0])


def set_up_again(messages):
    """Steps that a start reports although everything was there."""
    known = ("== PostgreSQL cluster", "== server", "== the server goes on", "== waiting for another")
    return [line for line in messages.splitlines() if line.startswith("== ") and not line.startswith(known)]


def bare_start(database):
    """Seconds in which Odoo itself, without ./qms, comes to its login page."""
    start = time.monotonic()
    running, process = start_server(database)
    login_page(running.url.rpartition(":")[2])
    seconds = time.monotonic() - start
    stop_server(running, process)
    return seconds


def kill(process):
    """Kill with -9 and wait until it is gone."""
    descriptor = os.pidfd_open(process)
    os.kill(process, signal.SIGKILL)
    assert select.select([descriptor], [], [], 30)[0]
    os.close(descriptor)


def test_second_start_kill_and_stop(qms, database):
    port = free_port()
    run = ("run", "--detach", "--db", database, "--port", str(port))
    assert qms(*run).returncode == 0
    assert "oe_login_form" in login_page(port)
    again = qms(*run)
    assert again.returncode == 1
    assert "already running" in again.stderr

    kill(server_process())
    start = time.monotonic()
    result = qms(*run)
    assert "oe_login_form" in login_page(port)
    seconds = time.monotonic() - start
    assert result.returncode == 0, result.stderr
    assert set_up_again(result.stderr) == []
    assert seconds < RATIO_TO_BARE_START * bare_start(database)
    assert "login admin, password admin" in result.stdout

    process = server_process()
    assert qms("stop").returncode == 0
    assert not os.path.exists(f"/proc/{process}")
    with pytest.raises(OSError):
        login_page(port)


def test_database_manager_is_off(qms, database):
    port = free_port()
    assert qms("run", "--detach", "--db", database, "--port", str(port)).returncode == 0
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/web/database/manager", timeout=30) as answer:
            assert "disabled by the administrator" in answer.read().decode()
    finally:
        qms("stop")


def test_code_that_changed_is_loaded(qms, database):
    """The next start updates the addons whose code differs from what the database knows."""
    forget = "env['ir.config_parameter'].set_param('qms.source.qms_audit', 'other'); env.cr.commit()"
    assert qms("shell", "--db", database, input=forget).returncode == 0
    result = qms("run", "--detach", "--db", database, "--port", str(free_port()))
    qms("stop")
    assert "updating qms_audit" in result.stderr
    known = qms("shell", "--db", database, input="print(env['ir.config_parameter'].get_param('qms.source.qms_audit'))")
    assert known.stdout.strip() not in ("", "other")
