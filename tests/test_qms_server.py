"""./qms run --detach, kill -9, run again, stop: on a copy of the prepared database."""

import os
import select
import signal
import time
import urllib.request

import pytest
from conftest import drop_database, free_port, make_database

SECONDS_TO_LOGIN_PAGE = 15


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
    seconds = time.monotonic() - start
    assert result.returncode == 0, result.stderr
    assert "oe_login_form" in login_page(port)
    assert seconds < SECONDS_TO_LOGIN_PAGE
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
