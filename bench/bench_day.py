""" "My day" of an employee and of a head, with 20,000 open duties over 60 units, against Odoo's own list of activities."""

from datetime import timedelta

from measure import measured, median_seconds

UNITS, PEOPLE_OF_UNIT, DUTIES = 60, 10, 20000
UNITS_OF_HEAD = 20
BATCH = 2000


def make_people(env):
    """Return the head of a third of the units, and the people of each unit."""
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
    """Give every person the same number of duties, late, of today, of this week and later."""
    today = env.company._qms_today()

    def vals(index):
        return {
            "name": f"Duty {index}",
            "company_id": env.company.id,
            "responsible_id": people[index % len(people)].id,
            "date_deadline": today + timedelta(days=(-9, 0, 2, 30)[index // len(people) % 4]),
        }

    actions = env["qms.action"].with_context(tracking_disable=True)
    for start in range(0, DUTIES, BATCH):
        actions.create([vals(index) for index in range(start, start + BATCH)])._start()
        env.flush_all()
        env.invalidate_all()


def run(env):
    head, people = make_people(env)
    with measured(env) as filled:
        make_duties(env, people)
    clerk = people[0].user_id
    # The clerk's page is long: what he has to do is much more than what is shown at once.
    more = env["qms.action"].search([("responsible_id", "in", people[1:20].ids)])
    more.responsible_id = people[0]
    env.flush_all()

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
            "fill_seconds": round(filled["seconds"], 1),
        },
        "ratio": round(own_seconds / odoo_seconds, 2),
        "yardstick": "the groups of the same person's activities behind Odoo's clock icon, same run",
        "queries": {"own": own_queries, "head": head_queries, "odoo": odoo_queries},
    }
