"""An act that binds 50,000 people: asked in one run, against one activity_schedule of Odoo for each of a few."""

from unittest.mock import patch

from measure import measured, reading

from odoo.addons.base.models.ir_cron import IrCron

PEOPLE = 50_000
BATCH = 1000
YARDSTICK = 200
# How many documents of one day make one call a person.
DOCUMENTS = 3
LIMIT_QUERIES = 150


def run(env):
    company = env.company
    make_people(env, company)
    document_type = env["qms.document.type"].create(
        {"name": "Act", "code": "BNCH", "kind": "order", "level": 3, "acknowledge": True, "company_id": company.id}
    )
    documents = env["qms.document"].create(
        [
            {"name": f"Act {index}", "type_id": document_type.id, "company_id": company.id, "is_for_all": True}
            for index in range(DOCUMENTS)
        ]
    )
    first, *others = documents
    steps = []
    with patch.object(IrCron, "_commit_progress", keep(env, steps)):
        put_in_force(env, first)
        with measured(env) as approving:
            put_in_force(env, others[0], vals={"body": "<p>Second</p>"})
        with measured(env) as result, reading(env) as reads:
            env["qms.acknowledgement"]._cron_follow()
        with measured(env) as again:
            env["qms.acknowledgement"]._cron_follow()
    asked = env["qms.acknowledgement"].search_count([("document_id", "=", first.id)])
    calls = env["mail.activity"].search_count([("res_model", "=", "qms.reading")])
    with measured(env) as core:
        for employee in env["hr.employee"].search([("name", "=like", "Bench%")], limit=YARDSTICK):
            employee.activity_schedule("mail.mail_activity_data_todo", user_id=employee.user_id.id or env.uid)
    thousands = 2 * asked / 1000
    per_thousand = result["seconds"] / thousands
    core_per_thousand = core["seconds"] * 1000 / YARDSTICK
    return {
        "figures": {
            "asked_of_one_act": asked,
            "calls_for_two_acts": calls,
            "seconds": round(result["seconds"], 1),
            "seconds_per_1000": round(per_thousand, 3),
            "second_act_approved_seconds": round(approving["seconds"], 2),
            "next_run_seconds": round(again["seconds"], 1),
            "queries_of_steps": [min(steps, default=0), max(steps, default=0)],
            "limit_queries_per_1000": LIMIT_QUERIES,
        },
        "ratio": round(per_thousand / core_per_thousand, 4),
        "yardstick": f"activity_schedule of core for {YARDSTICK} people, taken to 1,000",
        "queries": {
            "per_1000": round(result["queries"] / thousands, 1),
            "reads_per_1000": round(reads["reads"] / thousands, 1),
            "next_run": again["queries"],
            "core_per_1000": core["queries"] * 1000 / YARDSTICK,
        },
    }


def keep(env, steps):
    """Return what takes the place of the commit: everything written and forgotten, its queries counted per step."""
    last = [env.cr.sql_log_count]

    def progress(*_args, **_kwargs):
        env.flush_all()
        env.invalidate_all()
        if last[0] != env.cr.sql_log_count:
            steps.append(env.cr.sql_log_count - last[0])
        last[0] = env.cr.sql_log_count
        return 60

    return progress


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


def put_in_force(env, document, vals=None):
    version = env["qms.document.version"].create({"document_id": document.id, "body": "<p>Text</p>", **(vals or {})})
    version._transition({"state": "approved", "date_effective": env.company._qms_today()})
    version._make_effective()
