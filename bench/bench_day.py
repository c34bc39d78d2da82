""" "My day" of an employee and of a head, with 20,000 open duties over 60 units, against Odoo's list of activities."""

from measure import measured, median_seconds

UNITS, PEOPLE_OF_UNIT, DUTIES = 60, 5, 20000
UNITS_OF_HEAD = 40
# Of all duties these are one person's, so that his page is much longer than what is shown at once.
DUTIES_OF_ONE = 1000


def make_people(env):
    """Return the head of two thirds of the units, and the people of all units."""
    company = env.company
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    logins = ["bench_head", *(f"bench_{index}" for index in range(UNITS * PEOPLE_OF_UNIT))]
    users = users.create([{"name": login, "login": login} for login in logins])
    employees = env["hr.employee"].with_context(tracking_disable=True)
    employees = employees.create([{"name": user.name, "company_id": company.id, "user_id": user.id} for user in users])
    head, people = employees[0], employees[1:]
    top = env["hr.department"].create({"name": "Bench", "company_id": company.id, "manager_id": head.id})
    for index in range(UNITS):
        parent = top.id if index < UNITS_OF_HEAD else False
        unit = env["hr.department"].create({"name": f"Bench {index}", "company_id": company.id, "parent_id": parent})
        people[index * PEOPLE_OF_UNIT : (index + 1) * PEOPLE_OF_UNIT].department_id = unit
    return head, people


def make_duties(env, people):
    """Call everybody to one action, and copy these calls: late, of today, of this week and later.

    Copied by SQL, as Odoo populates databases: the page reads nothing but calls, and making them has its own
    benchmark.
    """
    today = env.company._qms_today()
    vals = [
        {"name": f"Duty {index}", "responsible_id": person.id, "date_deadline": today}
        for index, person in enumerate(people)
    ]
    env["qms.action"].with_context(tracking_disable=True).create(vals)._start()
    env.flush_all()
    copied = (
        "activity_type_id, res_model_id, res_model, res_id, res_name, summary, active, qms_verb, qms_company_id, "
        "create_uid, create_date"
    )
    env.cr.execute(
        f"""
        WITH calls AS (
            SELECT *, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS everybody
              FROM mail_activity WHERE res_model = 'qms.action' AND user_id = ANY(%(users)s)
        )
        INSERT INTO mail_activity (user_id, date_deadline, {copied})
             SELECT CASE WHEN n <= %(of_one)s THEN %(one)s ELSE user_id END,
                    date_deadline + (ARRAY[-9, 0, 2, 30, 31])[1 + n %% 5], {copied}
               FROM generate_series(1, %(count)s - %(people)s) n
               JOIN calls ON calls.number = 1 + n %% everybody
        """,
        {
            "users": people.user_id.ids,
            "one": people[0].user_id.id,
            "of_one": DUTIES_OF_ONE,
            "count": DUTIES,
            "people": len(people),
        },
    )
    env.invalidate_all()


def run(env):
    head, people = make_people(env)
    with measured(env) as filled:
        make_duties(env, people)
    clerk = people[0].user_id

    def as_user(user, **options):
        return lambda: env["qms.day"].with_user(user).get_day(**options)

    own_seconds, own_queries = median_seconds(env, as_user(clerk))
    head_seconds, head_queries = median_seconds(env, as_user(head.user_id, whose="team"))
    odoo_seconds, odoo_queries = median_seconds(env, lambda: clerk.with_user(clerk)._get_activity_groups())
    own, team = as_user(clerk)(), as_user(head.user_id, whose="team")()
    return {
        "figures": {
            "own_seconds": round(own_seconds, 3),
            "head_seconds": round(head_seconds, 3),
            "odoo_seconds": round(odoo_seconds, 3),
            "own_duties": sum(section["count"] for section in own["sections"]),
            "people_of_head": len(team["people"]),
            "duties_of_head": sum(section["count"] for section in team["sections"]),
            "open_duties": env["mail.activity"].search_count([("user_id", "in", people.user_id.ids)]),
            "fill_seconds": round(filled["seconds"], 1),
        },
        "ratio": round(own_seconds / odoo_seconds, 2),
        "yardstick": "the groups of the same person's activities behind Odoo's clock icon, same run",
        "queries": {"own": own_queries, "head": head_queries, "odoo": odoo_queries},
    }
