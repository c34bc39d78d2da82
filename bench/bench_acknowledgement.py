"""Acts that bind 50,000 people: asked in one run, against one activity_schedule of Odoo for each of a few."""

import resource
import time
from datetime import timedelta
from typing import NamedTuple
from unittest.mock import patch

from measure import measured, reading

from odoo.addons.base.models.ir_cron import MIN_RUNS_PER_JOB, MIN_TIME_PER_JOB, IrCron

PEOPLE = 50_000
YARDSTICK = 200
LIMIT_QUERIES = 150


class Step(NamedTuple):
    """What lies between two commits of the cron."""

    rows: int
    queries: int
    seconds: float


class Cron:
    """Odoo's cron without its commits: what is written is flushed and all else forgotten, as a commit does."""

    def __init__(self, env):
        self.env = env
        self.steps = []
        self.end = float("inf")
        self.finished = False
        self._last = self._now()

    def run(self):
        """Let the work run once, with all the time that it takes."""
        self.end, self.steps, self._last = float("inf"), [], self._now()
        with patch.object(IrCron, "_commit_progress", self._keep):
            self.env["qms.acknowledgement"]._cron_follow()

    def run_in_jobs(self):
        """Let the work run as Odoo's server does, in jobs of some seconds or runs; return how many jobs it took."""
        jobs, self.finished = 0, False
        while not self.finished:
            jobs, runs, self.end = jobs + 1, 0, time.monotonic() + MIN_TIME_PER_JOB
            while not self.finished and (runs < MIN_RUNS_PER_JOB or time.monotonic() < self.end):
                runs += 1
                with patch.object(IrCron, "_commit_progress", self._keep):
                    self.env["qms.acknowledgement"]._cron_follow()
        return jobs

    def _keep(self, processed=0, *, remaining=None, **_kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        (queries, started), self._last = self._last, self._now()
        self.steps.append(Step(processed, self._last[0] - queries, self._last[1] - started))
        self.finished = remaining == 0
        return max(self.end - time.monotonic(), 0)

    def _now(self):
        return self.env.cr.sql_log_count, time.monotonic()


def run(env):
    make_people(env, env.company)
    first, second = make_acts(env, env.company)
    cron, people = Cron(env), env["hr.employee"].search_count([("company_id", "=", env.company.id)])
    put_in_force(env, first)
    before = peak_megabytes()
    with measured(env) as one_run, reading(env) as reads:
        cron.run()
    memory = peak_megabytes()
    # After the people have been asked, the rows that wait are looked after, a thousand a step as well.
    asking = [step for step in cron.steps if step.rows][: -(-people // 1000) - 1]
    with measured(env) as approving:
        put_in_force(env, second)
    with measured(env) as in_jobs:
        jobs = cron.run_in_jobs()
    with measured(env) as again:
        cron.run()
    asked = [env["qms.acknowledgement"].search_count([("document_id", "=", act.id)]) for act in (first, second)]
    thousands = sum(step.rows for step in asking) / 1000
    core = schedule_as_core(env)
    return {
        "figures": {
            "people": people,
            "asked_of_two_acts": asked,
            "calls_for_two_acts": env["mail.activity"].search_count([("res_model", "=", "qms.reading")]),
            "lines_of_a_digest": lines_of_digests(env),
            "one_run_seconds": round(one_run["seconds"], 1),
            "seconds_per_1000": round(one_run["seconds"] / thousands, 2),
            "finding_whom_and_first_1000_seconds": round(asking[0].seconds, 2),
            "second_and_last_1000_seconds": [round(asking[index].seconds, 2) for index in (1, -1)],
            "memory_megabytes_before_and_at_most": [before, memory],
            "approval_seconds": round(approving["seconds"], 2),
            "second_act_in_jobs_seconds": round(in_jobs["seconds"], 1),
            "second_act_jobs": jobs,
            "next_run_seconds": round(again["seconds"], 1),
            "limit_queries_per_1000": LIMIT_QUERIES,
        },
        "ratio": round(one_run["seconds"] / thousands / (core["seconds"] * 1000 / YARDSTICK), 4),
        "yardstick": f"activity_schedule of core for {YARDSTICK} people, taken to 1,000",
        "queries": {
            "finding_whom_and_first_1000": asking[0].queries,
            "each_1000_at_least_and_most": least_and_most(step.queries for step in asking[1:-1]),
            "one_run_per_1000": round(one_run["queries"] / thousands, 1),
            "reads_per_1000": round(reads["reads"] / thousands, 1),
            "next_run": again["queries"],
            "core_per_1000": core["queries"] * 1000 / YARDSTICK,
        },
    }


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def schedule_as_core(env):
    people = env["hr.employee"].search([("name", "=like", "Bench%")], limit=YARDSTICK)
    with measured(env) as result:
        for employee in people:
            employee.activity_schedule("mail.mail_activity_data_todo", user_id=employee.user_id.id or env.uid)
    return result


def lines_of_digests(env):
    """Return how many lines the digests of some people have at least and at most."""
    mixin, today = env["qms.deadline.mixin"], env.company._qms_today()
    users = env["res.users"].search([("login", "=like", "bench%")], limit=YARDSTICK)
    due = users._due_duties(mixin._staff_of([("user_id", "in", users.ids)]), today + timedelta(days=7))
    return least_and_most(map(len, due.values()))


def least_and_most(numbers):
    numbers = list(numbers)
    return [min(numbers), max(numbers)]


def make_acts(env, company):
    kind = env["qms.document.type"].create(
        {
            "name": "Act",
            "code": "BNCH",
            "kind": "order",
            "level": 3,
            "acknowledge": True,
            "acknowledge_days": 5,
            "company_id": company.id,
        }
    )
    return env["qms.document"].create(
        [
            {"name": f"Act {index}", "type_id": kind.id, "company_id": company.id, "is_for_all": True}
            for index in range(2)
        ]
    )


def make_people(env, company):
    """Make the staff of a region, each with a login: the first by the ORM, the others copied in the database."""
    unit = env["hr.department"].create({"name": "Region", "company_id": company.id})
    user = env["res.users"].with_context(no_reset_password=True).create({"name": "Bench 0", "login": "bench0"})
    first = env["hr.employee"].create(
        {"name": user.name, "user_id": user.id, "company_id": company.id, "department_id": unit.id}
    )
    env.flush_all()
    partners = copied(env, "res_partner", user.partner_id.id, {"name": "'Bench ' || n"})
    users = copied(env, "res_users", user.id, {"login": "'bench' || n", "partner_id": "ids.id"}, partners)
    resources = copied(
        env, "resource_resource", first.resource_id.id, {"name": "'Bench ' || n", "user_id": "ids.id"}, users
    )
    people = copied(
        env,
        "hr_employee",
        first.id,
        {"name": "'Bench ' || n", "resource_id": "ids.id", "user_id": "ids.other", "current_version_id": "NULL"},
        resources,
        users,
    )
    versions = copied(env, "hr_version", first.current_version_id.id, {"employee_id": "ids.id"}, people)
    env.cr.execute(
        """UPDATE hr_employee SET current_version_id = ids.version
             FROM UNNEST(%s, %s) AS ids (id, version) WHERE hr_employee.id = ids.id""",
        [people, versions],
    )
    env.cr.execute("ANALYZE res_partner, res_users, resource_resource, hr_employee, hr_version")
    env.invalidate_all()


def copied(env, table, source, changes, ids=None, others=None):
    """Copy a row for each of the people but the first; return the new ids, in the order of ``ids``.

    :param dict changes: SQL of the columns that differ; ``n`` is the number, ``ids.id`` and ``ids.other`` are given
    """
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != 'id'", [table]
    )
    columns = [name for (name,) in env.cr.fetchall()]
    values = ", ".join(changes.get(name, f'source."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    numbers = list(range(1, PEOPLE))
    env.cr.execute(
        f"""INSERT INTO {table} ({names})
            SELECT {values} FROM {table} AS source,
                   UNNEST(%s, %s, %s) WITH ORDINALITY AS ids (n, id, other, place)
             WHERE source.id = %s ORDER BY place RETURNING id""",
        [numbers, ids or numbers, others or numbers, source],
    )
    return [new for (new,) in env.cr.fetchall()]


def put_in_force(env, document):
    version = env["qms.document.version"].create({"document_id": document.id, "body": "<p>Text</p>"})
    version._transition({"state": "approved", "date_effective": env.company._qms_today()})
    version._make_effective()
