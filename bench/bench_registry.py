"""The process registry of 200 processes of 15 steps each, against Odoo's own lists and tree of equal size."""

from measure import median_seconds

PROCESSES = 200
GROUPS = 10
STEPS = 15
NAME = {"fields": {"display_name": {}}}
LIST = {
    "code": {},
    "name": {},
    "owner_role_id": NAME,
    "department_id": NAME,
    "lead_hours": {},
    "open_nonconformity_count": {},
    "parent_id": {},
}
TREE = {"code": {}, "name": {}, "kind": {}, "owner_role_id": NAME, "version_id": NAME}
FORM = {
    **LIST,
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
        version.process_id.version_id = version
    env.flush_all()
    return groups, processes


def make_units(env):
    """Return a tree of departments as large as the registry."""
    groups = env["hr.department"].create([{"name": f"Управління {index}"} for index in range(GROUPS)])
    env["hr.department"].create(
        [{"name": f"Сектор {index}", "parent_id": groups[index % GROUPS].id} for index in range(PROCESSES)]
    )
    return groups


def run(env):
    groups, processes = make_registry(env)
    units = make_units(env)
    user = env["res.users"].create({"name": "Bench", "login": "bench_registry"})
    as_user = env(user=user)
    registry, departments = as_user["qms.process"], as_user["hr.department"]
    unit_list = {"name": {}, "manager_id": NAME, "parent_id": NAME, "company_id": NAME, "total_employee": {}}
    rows, row_queries = median_seconds(as_user, lambda: registry.web_search_read([], LIST, limit=80))
    theirs, their_queries = median_seconds(as_user, lambda: departments.web_search_read([], unit_list, limit=80))

    def tree(model, spec, root):
        domain = ["|", ("id", "in", root.ids), ("parent_id", "in", root.ids)]
        return model.hierarchy_read(domain, dict(spec), "parent_id", "child_ids")

    unit_tree = {"name": {}, "manager_id": NAME, "total_employee": {}}
    ours, our_tree_queries = median_seconds(
        as_user, lambda: tree(registry, {**TREE, "child_ids": {}}, registry.browse(groups.ids))
    )
    hr, hr_queries = median_seconds(
        as_user, lambda: tree(departments, {**unit_tree, "child_ids": {}}, departments.browse(units.ids))
    )
    process = registry.browse(processes[0].id)
    _plain, plain_queries = median_seconds(as_user, lambda: process.web_read(FORM))
    _mapped, map_queries = median_seconds(as_user, lambda: process.web_read({**FORM, "map_html": {}}))
    figures, figure_queries = median_seconds(as_user, lambda: process.version_id.mapped("lead_hours"))
    return {
        "figures": {
            "list_of_80_milliseconds": round(rows * 1000, 1),
            "departments_of_80_milliseconds": round(theirs * 1000, 1),
            "tree_milliseconds": round(ours * 1000, 1),
            "tree_ratio": round(ours / hr, 2),
            "figures_of_a_version_milliseconds": round(figures * 1000, 1),
        },
        "ratio": round(rows / theirs, 2),
        "yardstick": f"web_search_read of 80 hr.department with the fields of Odoo's own list, {PROCESSES} each",
        "queries": {
            "list": row_queries,
            "departments": their_queries,
            "tree": our_tree_queries,
            "department_tree": hr_queries,
            "form": plain_queries,
            "form_with_map": map_queries,
            "figures_of_a_version": figure_queries,
        },
    }
