"""300 computed indicators of 24 months: back-filled, run again, and after a week without crons."""

from datetime import timedelta
from unittest.mock import patch

from bench_registry import make_registry
from dateutil.relativedelta import relativedelta
from measure import measured, median_seconds

from odoo import Command, fields

INDICATORS = 300
MONTHS = 24
RECORDS = 5000
LIMIT_QUERIES = 5


def make_indicators(env, processes, since):
    """Add an owner with a login, records of two years that are counted, and the indicators that count them."""
    company, today = env.company, env.company._qms_today()
    vals = {"name": "Власник", "login": "bench_owner", "company_id": company.id, "company_ids": company.ids}
    vals["group_ids"] = [Command.set(env.ref("base.group_user").ids)]
    user = env["res.users"].with_context(no_reset_password=True).create(vals)
    person = env["hr.employee"].create({"name": "Власник", "user_id": user.id, "company_id": company.id})
    role = env["qms.role"].create({"name": "Власник показників", "code": "R-BENCH", "company_id": company.id})
    env["qms.role.holder"].create({"role_id": role.id, "employee_id": person.id})
    ids, units = processes.ids, processes.department_id.ids
    days = (today - since).days
    records = env["qms.role"].create(
        [
            {
                "name": f"Роль {index}",
                "code": f"R-{index}",
                "company_id": company.id,
                "department_id": units[index % len(units)],
            }
            for index in range(RECORDS)
        ]
    )
    env.flush_all()
    # Along the two years, each unit's roles in every month.
    env.cr.execute(
        "UPDATE qms_role SET create_date = %s::date + (id * 7919 %% %s) * interval '1 day' WHERE id = ANY(%s)",
        [since, days, records.ids],
    )
    measures = ("count", "share")
    return env["qms.indicator"].create(
        [
            {
                "name": f"Показник {index}",
                "code": f"BENCH-{index}",
                "process_id": ids[index % len(ids)],
                "owner_role_id": role.id,
                "period": "month",
                "direction": "lower",
                "target": 1,
                "explain_days": 10,
                "source": "computed",
                "source_model": "qms.role",
                "source_domain": f"[('department_id', '=', {units[index % len(units)]})]",
                "source_measure": measures[index % 2],
                "share_domain": "[('headcount', '=', 1)]",
                "source_date": "create_date",
                "measured_from": since,
            }
            for index in range(INDICATORS)
        ]
    )


def counted(env, table):
    """Return what every write to a table changes: how many rows there are, and which transactions made them."""
    env.cr.execute(f"SELECT count(*), coalesce(sum(xmin::text::bigint), 0), max(ctid::text) FROM {table}")
    return env.cr.fetchone()


def run(env):
    # Odoo's cron would commit after each batch; here the whole is taken back at the end.
    with patch.object(type(env["ir.cron"]), "_commit_progress", lambda cron, *args, **options: 600):
        return measure(env)


def measure(env):
    _groups, processes = make_registry(env)
    today = env.company._qms_today()
    since = (today - relativedelta(months=MONTHS)).replace(day=1)
    indicators = make_indicators(env, processes, since)
    values = env["qms.measurement"]
    env.invalidate_all()
    with measured(env) as filling:
        env["qms.indicator"]._cron_measure()
    count = values.search_count([("indicator_id", "in", indicators.ids)])
    before = counted(env, "qms_measurement")
    env.invalidate_all()
    with measured(env) as again:
        env["qms.indicator"]._cron_measure()
    writes = 0 if counted(env, "qms_measurement") == before else 1
    with measured(env) as settling:
        values._cron_settle()
    with measured(env) as settling_again:
        values._cron_settle()
    # Eight days after the end of the month under way, with no cron since today.
    later = (today + relativedelta(months=1)).replace(day=1) + timedelta(days=8)
    with patch.object(type(env.company), "_qms_today", lambda company: later), measured(env) as late:
        env["qms.indicator"]._cron_measure()
    found = values.search_count([("indicator_id", "in", indicators.ids)]) - count
    rows = values.search([("indicator_id", "in", indicators.ids)])
    read, read_queries = median_seconds(env, lambda: rows.read(["date", "value", "status"]), rounds=5)
    return {
        "figures": {
            "indicators": INDICATORS,
            "periods": MONTHS,
            "values": count,
            "filling_seconds": round(filling["seconds"], 2),
            "second_run_seconds": round(again["seconds"], 2),
            "settling_seconds": round(settling["seconds"], 2),
            "queries_per_indicator": round(filling["queries"] / INDICATORS, 2),
            "second_run_queries_per_indicator": round(again["queries"] / INDICATORS, 2),
            "limit_queries_per_indicator": LIMIT_QUERIES,
            "second_run_writes": writes,
            "values_after_a_missed_week": found,
            "day": fields.Date.to_string(today),
        },
        "ratio": round(filling["seconds"] / read, 2),
        "yardstick": f"reading the {count} values, same run",
        "queries": {
            "filling": filling["queries"],
            "second_run": again["queries"],
            "settling": settling["queries"],
            "settling_again": settling_again["queries"],
            "after_a_missed_week": late["queries"],
            "reading": read_queries,
        },
    }
