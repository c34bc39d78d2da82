"""A rating taken over HTTP, a high one and a low one, against a bare controller that inserts one row of three fields.

Two workers, every request a new visitor with a proof of work of his own (solved before the clock runs: that is the
visitor's time). Beside it what the form's page asks the database, and the operator's list of 80 of 1,000,000 ratings
against that of 10,000.
"""

import contextlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote, urlencode

from measure import median_seconds

from odoo.tools import config, hmac

from odoo.addons.citizen_feedback.lib.barrier import DIFFICULTY, PROOF_FIELD, new_ticket, solve

ROUNDS, REQUESTS, CONNECTIONS = 9, 120, 4
FEW, MANY = 10_000, 1_000_000
CODE = "BR-1"
ASPECTS = {"waiting": "4", "courtesy": "5", "clarity": "na"}
COMMENT = "Довго чекала, поки знайдуть мою справу."
# Odoo's log of a request ends with its queries and seconds.
LOGGED = re.compile(r'"(GET|POST) (\S+) HTTP/\S+" (\d+) - (\d+) ')
LIST = {
    **dict.fromkeys(("date", "stars", "is_low", "comment", "channel", "state"), {}),
    **dict.fromkeys(("service_id", "department_id"), {"fields": {"display_name": {}}}),
}


def make_service(env):
    """Give the website's authority a service and limits that don't end a measurement."""
    company = env.ref("website.default_website").company_id
    company.write({"feedback_address_limit": 1_000_000, "feedback_hour_limit": 1_000_000})
    unit = env["hr.department"].create({"name": "Bench", "company_id": company.id})
    return env["qms.service"].create(
        {"name": "Довідка", "code": CODE, "company_id": company.id, "department_id": unit.id}
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_server(database):
    """Run Odoo with two workers and the yardstick's addon; yield its port and its log."""
    port, folder = free_port(), tempfile.mkdtemp()
    log = Path(folder, "odoo.log")
    paths = ",".join([*config["addons_path"], str(Path(__file__).parent / "addons")])
    command = [sys.executable, sys.argv[0], "-c", config["config"], "-d", database, f"--addons-path={paths}"]
    subprocess.run([*command, "-i", "bench_bare", "--stop-after-init", "--no-http", "--log-level=error"], check=True)
    command += ["--db-filter", f"^{database}$", "--workers=2", "--max-cron-threads=0", "--proxy-mode"]
    command += [f"--http-port={port}", f"--gevent-port={free_port()}", f"--logfile={log}", "--log-level=info"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/web/health")
        yield port, log
    finally:
        process.terminate()
        process.wait(60)


def wait_for(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _second in range(120):
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(1)
    sys.exit("The benchmark's server did not come up.")


def make_post(path, fields, number):
    """Return a request as it goes over the wire: of a visitor whose address was not seen before."""
    body = urlencode(fields)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Forwarded-Host: 127.0.0.1\r\n"
        f"X-Forwarded-For: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def send(port, data):
    """Send a request and return the status of its answer."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(data)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return int(answer.split(b" ", 2)[1])


def seconds_of(port, requests):
    """Send requests over a few connections at once; return how long all of them took."""
    waiting, statuses = list(requests), []

    def work():
        while waiting:
            with contextlib.suppress(IndexError):
                statuses.append(send(port, waiting.pop()))

    threads = [threading.Thread(target=work) for _connection in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    if set(statuses) != {303} or len(statuses) != len(requests):
        sys.exit(f"The server did not take what was sent: {sorted(set(statuses))}")
    return seconds


class Visitors:
    """New visitors without end, each with what he sends."""

    def __init__(self, key, company):
        self.number, self.key, self.scope = 0, key, f"{company.id}|rating"

    def bare(self):
        self.number += 1
        return make_post("/bench_bare", {"name": CODE, "score": "5", "comment": COMMENT}, self.number)

    def rating(self, score):
        self.number += 1
        # Less work for the visitor; to check it is the same.
        with patch.dict(DIFFICULTY, {"key_prefix": "0"}):
            proof = solve(new_ticket(self.key, self.scope))
        fields = {"score": score, "comment": COMMENT, **ASPECTS, PROOF_FIELD: proof}
        return make_post(f"/feedback/{quote(CODE)}", fields, self.number)


def measure_posts(port, visitors):
    """Return the medians of seconds by kind, of interleaved rounds; the first round only warms up."""
    makers = {"bare": visitors.bare, "high": lambda: visitors.rating("5"), "low": lambda: visitors.rating("1")}
    seconds = {kind: [] for kind in makers}
    for round_number in range(ROUNDS + 1):
        for kind, make in makers.items():
            taken = seconds_of(port, [make() for _request in range(REQUESTS)])
            if round_number:
                seconds[kind].append(taken / REQUESTS)
    ratios = {
        kind: statistics.median(one / bare for one, bare in zip(seconds[kind], seconds["bare"], strict=True))
        for kind in ("high", "low")
    }
    return {kind: statistics.median(taken) for kind, taken in seconds.items()}, ratios


def count_queries(port, log, visitors):
    """Return the queries of one request of each kind and page, when everything is warm."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    marks = {}
    for kind, make in (("bare", visitors.bare), ("high", lambda: visitors.rating("5"))):
        marks[kind] = _logged_queries(log, lambda make=make: seconds_of(port, [make() for _request in range(10)]))
    marks["low"] = _logged_queries(log, lambda: seconds_of(port, [visitors.rating("1") for _request in range(10)]))
    for kind, path in (("empty_page", "/feedback/thanks"), ("form_page", f"/feedback/{CODE}")):
        url = f"http://127.0.0.1:{port}{path}"
        marks[kind] = _logged_queries(log, lambda url=url: [opener.open(url).read() for _request in range(10)])
    return marks


def _logged_queries(log, work):
    start = log.stat().st_size
    work()
    for _tenth in range(50):
        with log.open() as lines:
            lines.seek(start)
            found = [int(match[4]) for match in LOGGED.finditer(lines.read())]
        if len(found) >= 10:
            return statistics.median_low(found)
        time.sleep(0.1)
    sys.exit("The server's log does not tell the queries of a request.")


def copy_ratings(env, service, count):
    """Insert ratings of three years by SQL, as Odoo populates databases."""
    env.cr.execute(
        """
        INSERT INTO feedback_rating (service_id, company_id, department_id, date, score, waiting, comment, channel,
                                     client_kind, state, is_low, create_uid, create_date)
             SELECT %(service)s, %(company)s, %(unit)s, now() AT TIME ZONE 'UTC' - n * interval '90 seconds',
                    1 + n %% 5, 1 + n %% 5, 'Comment ' || n, 'web', 'citizen', 'ok', n %% 5 < 2, 1, now()
               FROM generate_series(1, %(count)s) n
        """,
        {
            "service": service.id,
            "company": service.company_id.id,
            "unit": service.department_id.id,
            "count": count,
        },
    )
    env.cr.execute("ANALYZE feedback_rating")
    env.invalidate_all()


def measure_list(env, service):
    """Return the seconds of the operator's list among few ratings and among many."""
    operator = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench_operator",
            "company_id": service.company_id.id,
            "company_ids": [(6, 0, service.company_id.ids)],
            "group_ids": [(4, env.ref("citizen_feedback.group_feedback_operator").id)],
        }
    )
    ratings = env["feedback.rating"].with_user(operator)

    def read():
        ratings.web_search_read([], LIST, limit=80, count_limit=10_001)

    copy_ratings(env, service, FEW)
    few, _queries = median_seconds(env, read)
    copy_ratings(env, service, MANY - FEW)
    many, _queries = median_seconds(env, read)
    return few, many


def run(env):
    service = make_service(env)
    visitors = Visitors(hmac(env(su=True), "citizen_feedback.barrier", "key"), service.company_id)
    env.cr.commit()
    with running_server(env.cr.dbname) as (port, log):
        seconds, ratios = measure_posts(port, visitors)
        queries = count_queries(port, log, visitors)
    few, many = measure_list(env, service)
    return {
        "figures": {
            **{f"{kind}_ms": round(taken * 1000, 2) for kind, taken in seconds.items()},
            **{f"{kind}_ratio": round(ratio, 2) for kind, ratio in ratios.items()},
            "list_of_10000_ms": round(few * 1000, 1),
            "list_of_1000000_ms": round(many * 1000, 1),
            "list_ratio": round(many / few, 2),
        },
        "ratio": round(max(ratios.values()), 2),
        "yardstick": f"bare controller that inserts one row of three fields, medians of {ROUNDS} interleaved rounds",
        "queries": queries,
    }
