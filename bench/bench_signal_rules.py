"""The crons behind signals: 1,000 low marks of 200 services in 40 units, and a look at all rules over 200,000 ratings,
against as many bare records with a thread and the plain count of the same ratings by service and day."""

from unittest.mock import patch

from measure import add_yardstick, create_in_batches, measured, median_seconds

from odoo import fields

from odoo.addons.base.models.ir_cron import IrCron

UNITS, SERVICES = 40, 200
RATINGS, DAYS = 200_000, 170
LOW = 1000


def make_services(env):
    """Make units with a head each, and their services."""
    company = env.company
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    users = users.create([{"name": f"bench_{index}", "login": f"bench_{index}"} for index in range(UNITS)])
    heads = env["hr.employee"].with_context(tracking_disable=True)
    heads = heads.create([{"name": user.name, "company_id": company.id, "user_id": user.id} for user in users])
    units = env["hr.department"].create(
        [{"name": head.name, "company_id": company.id, "manager_id": head.id} for head in heads]
    )
    return env["qms.service"].create(
        [
            {
                "name": f"Bench {index}",
                "code": f"B-{index}",
                "company_id": company.id,
                "department_id": units[index % UNITS].id,
            }
            for index in range(SERVICES)
        ]
    )


def make_past(env, services):
    """Fill the table with what was rated before; by SQL, as Odoo populates databases."""
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO feedback_rating
                    (service_id, department_id, company_id, date, score, channel, client_kind, state, create_uid,
                     create_date)
             SELECT service.id, service.department_id, service.company_id,
                    now() AT TIME ZONE 'UTC' - (%(days)s * n / %(count)s || ' days')::interval - interval '26 hours',
                    (ARRAY[5, 5, 4, 5, 4, 3, 5, 2, 4, 5, 1, 5, 4])[1 + n %% 13], 'web', 'citizen', 'ok', 1,
                    now() AT TIME ZONE 'UTC' - interval '2 days'
               FROM generate_series(1, %(count)s) n
               JOIN qms_service service ON service.id = (%(services)s)[1 + n %% %(length)s]
        """,
        {"days": DAYS, "count": RATINGS, "services": services.ids, "length": len(services)},
    )
    env.cr.execute("ANALYZE feedback_rating")
    env.invalidate_all()


def make_low(env, services):
    """Let a thousand low marks wait for the cron."""
    env["feedback.rating"].create(
        [{"service_id": services[index % SERVICES].id, "score": 1 + index % 2} for index in range(LOW)]
    )


def run(env):
    services = make_services(env)
    make_past(env, services)
    make_low(env, services)
    with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
        with measured(env) as low:
            env["feedback.signal"]._cron_signals()
        with measured(env) as first:
            env["feedback.rule"]._cron_watch()
        idle_seconds, idle_queries = median_seconds(env, env["feedback.rule"]._cron_watch)
    bare = create_in_batches(env, add_yardstick(env), lambda index: {"name": str(index)}, LOW)
    trend = env["feedback.rule"].search([("kind", "=", "trend"), ("company_id", "=", env.company.id)])
    trend_seconds, _queries = median_seconds(env, trend._find)
    since = fields.Datetime.subtract(fields.Datetime.now(), days=84)
    count_seconds, _queries = median_seconds(
        env,
        lambda: env["feedback.rating"]._read_group(
            [("date", ">=", since), ("company_id", "=", env.company.id)], ["service_id", "date:day"], ["__count"]
        ),
    )
    return {
        "figures": {
            "low_marks_seconds": round(low["seconds"], 2),
            "signals_of_low_marks": env["feedback.signal"].search_count([("kind", "=", "low")]),
            "bare_records_seconds": round(bare["seconds"], 2),
            "all_rules_seconds": round(first["seconds"], 2),
            "signals_of_bursts": env["feedback.signal"].search_count([("kind", "=", "burst")]),
            "idle_minute_seconds": round(idle_seconds, 3),
            "trend_seconds": round(trend_seconds, 2),
            "count_by_day_seconds": round(count_seconds, 2),
            "ratings": RATINGS,
        },
        "ratio": round(low["seconds"] / bare["seconds"], 2),
        "yardstick": "as many bare records with a thread, same run",
        "queries": {"low_marks": low["queries"], "all_rules": first["queries"], "idle_minute": idle_queries},
    }
