"""Fixtures for tests from outside: a server of their own with the demo city, a browser.

Run them with ./qms test, which sets up what they need and tells them by environment
variables where it is.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from contexts import PATIENCE_MS, ContextPool, check_watches, watched_context

ROOT = Path(__file__).parents[1]
START_SECONDS = 90
RECORD_START = re.compile(r"^(?=\d{4}-\d\d-\d\d )", re.MULTILINE)
# Two requests at once changed the same row: Odoo logs it and runs the second once more.
RETRIED = "could not serialize access"
LOGGED_ERROR = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (ERROR|CRITICAL) ")
# The browser reaches this machine and nothing else.
NO_FOREIGN_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def setting(name):
    """Value that ./qms test has put into the environment."""
    try:
        return os.environ[name]
    except KeyError:
        pytest.fail(f"{name} is not set: run these tests with ./qms test tests")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OutsideCalls:
    """A proxy that connects nobody: it notes which hosts a server asks for by HTTP(S)."""

    def __init__(self):
        self.hosts = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                try:
                    self.hosts.append(connection.recv(2000).split(b"\r\n")[0].decode(errors="replace"))
                    connection.sendall(b"HTTP/1.1 502 Outside\r\nContent-Length: 0\r\n\r\n")
                except OSError:
                    continue

    def close(self):
        self._socket.close()

    def environment(self):
        names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
        return {name: f"http://127.0.0.1:{self.port}" for name in names}


@dataclass
class Server:
    """A running Odoo: its address, its database, and what it has logged as errors."""

    url: str
    database: str
    log: Path
    logins: list = field(default_factory=list)
    outside: OutsideCalls = None

    def errors(self):
        """Records of the log at level ERROR or above, from the start, each with its lines."""
        records = RECORD_START.split(self.log.read_text(encoding="utf-8", errors="replace"))
        return [record.rstrip() for record in records if LOGGED_ERROR.match(record) and RETRIED not in record]


def make_database(suffix, *options):
    """Copy the prepared database; returns the name. What is left over ./qms test drops."""
    name = f"{setting('QMS_TEST_PREFIX')}_{suffix}"
    subprocess.run([ROOT / "qms", "testdb", name, *options], check=True, stdin=subprocess.DEVNULL)
    return name


def drop_database(name):
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(Path(setting("QMS_DATA"), "filestore", name), ignore_errors=True)


def wait_for(url, process, log):
    """Wait until the server answers; ends as soon as its process does."""
    waited = subprocess.run(
        [shutil.which("python"), ROOT / "scripts/tools/wait_for.py", url, str(process.pid), str(START_SECONDS)],
        check=False,
    )
    if waited.returncode:
        pytest.fail(f"The server did not come up:\n{log.read_text(errors='replace')[-3000:]}")


def start_server(database, *options):
    """Start Odoo on a free port; returns (Server, process)."""
    port = free_port()
    log = Path(setting("QMS_LOG"), f"{database}.log")
    log.unlink(missing_ok=True)
    outside = OutsideCalls()
    command = ["odoo", "-c", setting("QMS_CONFIG"), "-d", database, "--db-filter", f"^{database}$"]
    command += ["--http-port", str(port), "--max-cron-threads=0", "--logfile", str(log), *options]
    with log.with_suffix(".out").open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **outside.environment()},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    server = Server(f"http://127.0.0.1:{port}", database, log, outside=outside)
    wait_for(server.url + "/web/health", process, log)
    return server, process


def stop_server(server, process):
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    server.outside.close()


@pytest.fixture(scope="session")
def server():
    """A server on a fresh copy of the database with the demo city, shared by all tests."""
    database = make_database("city", "--city")
    running, process = start_server(database)
    running.logins = json.loads(Path(setting("QMS_DATA"), f"logins-{database}.json").read_text(encoding="utf-8"))
    yield running
    stop_server(running, process)
    drop_database(database)
    assert not running.outside.hosts, f"The server called outside: {running.outside.hosts}"


@pytest.fixture(autouse=True)
def no_server_errors(request):
    """A test that uses the server fails when the server logs an error during it."""
    if "server" not in request.fixturenames:
        yield
        return
    running = request.getfixturevalue("server")
    before = len(running.errors())
    yield
    new = running.errors()[before:]
    assert not new, "The server logged errors:\n" + "\n".join(new)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=setting("QMS_BROWSER"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                NO_FOREIGN_HOST,
            ],
        )
        yield running
        running.close()


@pytest.fixture
def new_context(server, browser):
    """Function that opens a browser context of its own (another person, a phone).

    The test fails at its end when a page of it had a script error or asked a foreign
    host; a test that expects one empties the list: ``context.watch.errors.clear()``.
    """
    opened = []

    def open_context(**options):
        opened.append(watched_context(server.url, browser, **options))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()
    check_watches([context.watch for context in opened])


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture(scope="session")
def context_pool(server, browser):
    return ContextPool(server.url, browser)


@pytest.fixture
def client_context(context_pool):
    """Function that opens a browser context for the web client; it may have the cache of one before it."""
    taken = []

    def open_context(**options):
        taken.append(context_pool.take(**options))
        return taken[-1]

    yield open_context
    for context in taken:
        context_pool.give_back(context)
    check_watches([context.watch for context in taken])


@pytest.fixture(scope="session")
def session_cookies():
    """Login -> cookies of a session: a password is checked slowly, on purpose."""
    return {}


@pytest.fixture
def as_person(server, client_context, session_cookies):
    """Function ``as_person(login, **options of the context)``: a page of that demo person, who is logged in.

    Nothing is open on it yet: the test goes where it wants to.
    """
    passwords = {person["login"]: person["password"] for person in server.logins}

    def log_in(name, **options):
        context = client_context(**options)
        if name in session_cookies:
            context.add_cookies(session_cookies[name])
        else:
            params = {"db": server.database, "login": name, "password": passwords[name]}
            answer = context.request.post("/web/session/authenticate", data={"jsonrpc": "2.0", "params": params})
            assert answer.json()["result"]["uid"], f"{name} can't log in"
            session_cookies[name] = context.cookies()
        return context.new_page()

    return log_in


@pytest.fixture(scope="session")
def login():
    """Function ``login(page, login, password)``: through the login form to the web client."""

    def log_in(page, login, password):
        page.goto("/web/login?redirect=/odoo")
        page.fill(".oe_login_form input[name=login]", login)
        page.fill(".oe_login_form input[name=password]", password)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_selector(".o_web_client .o_navbar, .o_web_client .o_main_navbar")

    return log_in


@pytest.fixture(scope="session")
def call(server):
    """Function ``call(login, password, model, method, args, kwargs)`` over JSON-RPC, as one person."""
    user_ids = {}

    def call_method(login, password, model, method, args=(), kwargs=None):
        if login not in user_ids:
            user_ids[login] = _rpc(server, "common", "login", [server.database, login, password])
        uid = user_ids[login]
        assert uid, f"{login} can't log in"
        return _rpc(
            server, "object", "execute_kw", [server.database, uid, password, model, method, list(args), kwargs or {}]
        )

    return call_method


@pytest.fixture
def report(call):
    """Function ``report(name)``: a clerk reports a nonconformity of the unit that "head" leads; returns its id."""

    def make(name):
        own = [("user_id.login", "=", "head")]
        [head] = call("head", "head", "hr.employee.public", "search_read", [own], {"fields": ["department_id"]})
        vals = {"name": name, "department_id": head["department_id"][0]}
        return call("clerk", "clerk", "qms.nonconformity", "create", [vals])

    return make


class RpcError(Exception):
    """What Odoo answered instead of a result: the name of its exception and the message."""


def _rpc(server, service, method, args):
    body = {"jsonrpc": "2.0", "method": "call", "params": {"service": service, "method": method, "args": args}}
    request = urllib.request.Request(
        f"{server.url}/jsonrpc", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
        data = json.load(answer)
    if "error" in data:
        raise RpcError(f"{data['error']['data']['name']}: {data['error']['data']['message']}")
    return data.get("result")  # a method that returns nothing has none


@pytest.fixture(scope="session")
def qms():
    """Function ``qms(*arguments, input=None, **environment)``: ./qms on the tests' cluster.

    A name with the value None is taken out of the environment.
    """

    def run(*arguments, input=None, **changes):
        environment = {**os.environ, "QMS_ONLY_CLUSTER": "test", **changes}
        environment = {name: value for name, value in environment.items() if value is not None}
        return subprocess.run(
            [ROOT / "qms", *arguments], env=environment, input=input or "", capture_output=True, text=True, timeout=600
        )

    return run
