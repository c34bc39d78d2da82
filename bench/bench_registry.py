"""The process registry of 200 processes of 15 steps each, against Odoo's own lists and tree of equal size.

What is read is what the web client asks for: the fields of the views themselves, hidden columns included.
"""

import statistics
import time

from lxml import etree
from measure import median_seconds

PROCESSES = 200
GROUPS = 10
STEPS = 15
ROUNDS = 25
NAME = {"fields": {"display_name": {}}}
FORM = {
    "code": {},
    "name": {},
    "owner_role_id": NAME,
    "department_id": NAME,
    "lead_hours": {},
    "open_nonconformity_count": {},
    "parent_id": {},
    "body_ids": NAME,
    "department_ids": NAME,
    "version_id": NAME,
    "step_ids": {"fields": {"key": {}, "name": {}, "kind": {}, "role_id": NAME, "touch_minutes": {}}},
    "flow_ids": {"fields": {"direction": {}, "name": {}, "end_name": {}}},
    "version_ids": {"fields": {"number": {}, "state": {}}},
}


def make_registry(env):
    """Return 200 processes in ten groups, each with a version in force of 15 steps, decisions and loops."""
    roles = env["qms.role"].create([{"name": f"Роль {index}", "code": f"B-{index}"} for index in range(6)])
    units = env["hr.department"].create([{"name": f"Відділ {index}"} for index in range(8)])
    groups = env["qms.process"].create([{"name": f"Група {index}", "code": f"B{index}"} for index in range(GROUPS)])
    processes = env["qms.process"].create(
        [
            {
                "name": f"Процес {index}: розгляд заяв",
                "code": f"B{index % GROUPS}.{index:03d}",
                "parent_id": groups[index % GROUPS].id,
                "owner_role_id": roles[index % 6].id,
                "department_id": units[index % 8].id,
            }
            for index in range(PROCESSES)
        ]
    )
    versions = env["qms.process.version"].create([{"process_id": process.id} for process in processes])
    steps = env["qms.process.step"].create(
        [
            {
                "version_id": version.id,
                "key": f"s{index:03d}",
                "sequence": index,
                "role_id": roles[(index + number) % 6].id,
                "department_id": units[(index + number) % 8].id,
                "name": f"Крок {index}",
                "kind": "decision" if index % 5 == 4 else "task",
                "touch_minutes": 10,
                "wait_hours": 2,
            }
            for number, version in enumerate(versions)
            for index in range(STEPS)
        ]
    )
    ways = [(index, index + 1) for index in range(STEPS - 1)] + [(4, 2), (9, 7)]
    env["qms.process.transition"].create(
        [
            {"version_id": version.id, "source_id": steps[at + a].id, "target_id": steps[at + b].id}
            for at, version in zip(range(0, len(steps), STEPS), versions, strict=True)
            for a, b in ways
        ]
    )
    versions._transition({"state": "approved"})
    for version in versions:
        version.process_id._put_in_force(version)
    env.flush_all()
    return groups, processes


def make_units(env):
    """Return a tree of departments as large as the registry."""
    groups = env["hr.department"].create([{"name": f"Управління {index}"} for index in range(GROUPS)])
    env["hr.department"].create(
        [{"name": f"Сектор {index}", "parent_id": groups[index % GROUPS].id} for index in range(PROCESSES)]
    )
    return groups


def make_tasks(env):
    """Return as many tasks of one project, where Odoo's projects are installed."""
    if "project.task" not in env:
        return None
    project = env["project.project"].create({"name": "Bench", "privacy_visibility": "employees"})
    users = env["res.users"].create([{"name": f"Task {index}", "login": f"bench_task_{index}"} for index in range(6)])
    return env["project.task"].create(
        [
            {
                "name": f"Task {index}: applications",
                "project_id": project.id,
                "user_ids": [(6, 0, users[index % 6].ids)],
                "date_deadline": "2030-01-01",
            }
            for index in range(PROCESSES)
        ]
    )


def view_fields(model, view_type, view=None):
    """Return the specification of what the client reads for a view."""
    arch = etree.fromstring(model.get_view(view and model.env.ref(view).id, view_type)["arch"])
    names = {node.get("name") for node in arch.iter("field")}
    return {name: dict(NAME) if model._fields[name].relational else {} for name in sorted(names)}


def median_pair(env, ours, theirs):
    """Return ``((seconds, queries), (seconds, queries))`` of two pieces of work done in turns: a busy machine
    slows both."""
    seconds, queries = ([], []), [0, 0]
    for _round in range(ROUNDS):
        for index, work in enumerate((ours, theirs)):
            env.flush_all()
            env.invalidate_all()
            before, started = env.cr.sql_log_count, time.perf_counter()
            work()
            seconds[index].append(time.perf_counter() - started)
            queries[index] = env.cr.sql_log_count - before
    return tuple(zip(map(statistics.median, seconds), queries, strict=True))


def tree_work(model, spec, roots):
    domain = ["|", ("id", "in", roots.ids), ("parent_id", "in", roots.ids)]
    return lambda: model.hierarchy_read(domain, {**spec, "child_ids": {}}, "parent_id", "child_ids")


def list_work(model, domain, view=None):
    spec = view_fields(model, "list", view)
    return lambda: model.web_search_read(domain, spec, limit=80)


def run(env):
    groups, processes = make_registry(env)
    units = make_units(env)
    tasks = make_tasks(env)
    rights = [env.ref("base.group_user").id]
    if tasks:
        rights.append(env.ref("project.group_project_user").id)
    user = env["res.users"].create({"name": "Bench", "login": "bench_registry", "group_ids": [(6, 0, rights)]})
    as_user = env(user=user)
    registry, departments = as_user["qms.process"], as_user["hr.department"]
    if tasks:
        yardstick = list_work(as_user["project.task"], [("project_id", "=", tasks.project_id.id)])
    else:
        yardstick = list_work(departments, [])
    ours, theirs = median_pair(as_user, list_work(registry, []), yardstick)
    our_tree, their_tree = median_pair(
        as_user,
        tree_work(registry, view_fields(registry, "hierarchy"), groups),
        tree_work(departments, view_fields(departments, "hierarchy"), units),
    )
    process = registry.browse(processes[0].id)
    _plain, plain_queries = median_seconds(as_user, lambda: process.web_read(FORM))
    _mapped, map_queries = median_seconds(as_user, lambda: process.web_read({**FORM, "map_html": {}}))
    figures, figure_queries = median_seconds(as_user, lambda: process.version_id.mapped("lead_hours"))
    return {
        "figures": {
            "list_of_80_milliseconds": round(ours[0] * 1000, 1),
            "yardstick_of_80_milliseconds": round(theirs[0] * 1000, 1),
            "tree_milliseconds": round(our_tree[0] * 1000, 1),
            "department_tree_milliseconds": round(their_tree[0] * 1000, 1),
            "tree_ratio": round(our_tree[0] / their_tree[0], 2),
            "figures_of_a_version_milliseconds": round(figures * 1000, 1),
        },
        "ratio": round(ours[0] / theirs[0], 2),
        "yardstick": f"web_search_read of 80 {'project.task' if tasks else 'hr.department'} with the fields of "
        f"Odoo's own list, {PROCESSES} each, in turns; at most 1.5, and 1.5 for the tree of departments",
        "queries": {
            "list": ours[1],
            "yardstick": theirs[1],
            "tree": our_tree[1],
            "department_tree": their_tree[1],
            "form": plain_queries,
            "form_with_map": map_queries,
            "figures_of_a_version": figure_queries,
        },
    }
