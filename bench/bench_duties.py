"""Reminders, escalation and digests of 100,000 open duties, against Odoo's own way to call one person to act."""

from datetime import timedelta
from unittest.mock import patch

from measure import measured, reading

from odoo.addons.base.models.ir_cron import IrCron

COUNT = 100_000
PEOPLE = 300
YARDSTICK = 200
# What is not copied from the first action to all others.
OWN = {"id", "number", "name", "responsible_id", "responsible_user_id"}


def run(env):
    company = env.company
    today = company._qms_today()
    people = staff(env, company)
    add_duties(env, people, today + timedelta(days=2))
    actions = env["qms.action"]
    figures = {}
    with patch.object(IrCron, "_commit_progress", keep(env)):
        figures["reminders"] = night(env)
        late(env, today - timedelta(days=1))
        figures["escalation"] = night(env)
        figures["again"] = night(env)
        with measured(env) as digest, reading(env) as digest_reads:
            env["qms.deadline.mixin"]._cron_digest()
    with measured(env) as core:
        for action in actions.search([], limit=YARDSTICK):
            action.activity_schedule("mail.mail_activity_data_todo", today, user_id=action.responsible_user_id.id)
    thousands = COUNT / 1000
    core_per_thousand = core["seconds"] * 1000 / YARDSTICK
    per_thousand = {name: part["seconds"] / thousands for name, part in figures.items()}
    return {
        "figures": {
            **{f"{name}_seconds_per_1000": round(seconds, 3) for name, seconds in per_thousand.items()},
            "digest_seconds": round(digest["seconds"], 2),
            "digest_mails": env["mail.mail"].search_count([("email_to", "ilike", "@bench.example")]),
            "told_chiefs": env["mail.activity"].search_count([("user_id", "=", people[0].user_id.id)]),
        },
        "ratio": round(per_thousand["reminders"] / core_per_thousand, 4),
        "yardstick": f"activity_schedule of core for {YARDSTICK} of the same duties, taken to 1,000",
        "queries": {
            **{f"{name}_reads_per_1000": round(part["reads"] / thousands, 2) for name, part in figures.items()},
            "digest_reads": digest_reads["reads"],
            "core_per_1000": core["queries"] * 1000 / YARDSTICK,
        },
    }


def keep(env):
    """Return what takes the place of the commit: everything written and forgotten, as after it."""

    def progress(*_args, **_kwargs):
        env.flush_all()
        env.invalidate_all()
        return 60

    return progress


def night(env):
    """Run the cron of the deadlines; return its seconds, queries and reads."""
    env.invalidate_all()
    with measured(env) as result, reading(env) as reads:
        env["qms.deadline.mixin"]._cron_deadlines()
    return {**result, **reads}


def staff(env, company):
    """Make a head and his people, each with a login."""
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {"name": f"Bench {index}", "login": f"bench{index}", "email": f"p{index}@bench.example"}
                for index in range(PEOPLE)
            ]
        )
    )
    people = env["hr.employee"].create(
        [{"name": user.name, "user_id": user.id, "company_id": company.id} for user in users]
    )
    people[1:].write({"parent_id": people[0].id})
    return people


def add_duties(env, people, deadline):
    """Make open actions, each on its person's list: the first by its methods, the others copied in the database."""
    first = env["qms.action"].create(
        {
            "name": "Bench",
            "company_id": env.company.id,
            "responsible_id": people[0].id,
            "date_deadline": deadline,
        }
    )
    first.action_start()
    env.flush_all()
    columns = ", ".join(f'"{name}"' for name in columns_of(env, "qms_action") - OWN)
    env.cr.execute(
        f"""INSERT INTO qms_action (number, name, responsible_id, responsible_user_id, {columns})
            SELECT 'B-' || n, 'Bench ' || n, person.id, person.user_id, {columns}
              FROM qms_action, generate_series(2, %s) AS n
              JOIN UNNEST(%s, %s) WITH ORDINALITY AS person (id, user_id, place) ON person.place = 1 + n %% %s
             WHERE qms_action.id = %s""",
        [COUNT, people.ids, people.user_id.ids, len(people), first.id],
    )
    call = first.activity_ids
    columns = ", ".join(
        f'call."{name}"' for name in sorted(columns_of(env, "mail_activity") - {"id", "res_id", "user_id"})
    )
    env.cr.execute(
        f"""INSERT INTO mail_activity (res_id, user_id, {columns.replace("call.", "")})
            SELECT action.id, action.responsible_user_id, {columns}
              FROM mail_activity AS call JOIN qms_action AS action ON action.name LIKE 'Bench %%'
             WHERE call.id = %s""",
        [call.id],
    )
    env.cr.execute("ANALYZE qms_action, mail_activity")
    env.invalidate_all()


def columns_of(env, table):
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    return {name for (name,) in env.cr.fetchall()}


def late(env, deadline):
    env.cr.execute("UPDATE qms_action SET date_deadline = %s WHERE name LIKE 'Bench%%'", [deadline])
    env.cr.execute("ANALYZE qms_action")
    env.invalidate_all()
