"""Layout and drawing of a long process, against reading its steps as the form does."""

from measure import median_seconds

STEPS = 150
ROLES = 6
LIST = {
    "key": {},
    "sequence": {},
    "name": {},
    "kind": {},
    "touch_minutes": {},
    "wait_hours": {},
    "control_point": {},
    "role_id": {"fields": {"display_name": {}}},
    "information_system": {},
    "documents": {},
}


def long_version(env):
    """A version of 150 steps through six roles, with decisions and loops back."""
    roles = env["qms.role"].create([{"name": f"Роль {index}", "code": f"B-{index}"} for index in range(ROLES)])
    process = env["qms.process"].create({"name": "Bench", "code": "BENCH", "owner_role_id": roles[0].id})
    version = process._new_version({})
    steps = env["qms.process.step"].create(
        [
            {
                "version_id": version.id,
                "key": f"s{index:03d}",
                "sequence": index,
                "role_id": roles[index % ROLES].id,
                "name": f"Крок {index}: розгляд заяви",
                "kind": "decision" if index % 6 == 5 else "task",
            }
            for index in range(STEPS)
        ]
    )
    pairs = [(index, index + 1) for index in range(STEPS - 1)]
    pairs += [(index, max(0, index - 4)) for index in range(5, STEPS - 1, 6)]
    env["qms.process.transition"].create(
        [{"version_id": version.id, "source_id": steps[a].id, "target_id": steps[b].id} for a, b in pairs]
    )
    env.flush_all()
    return version


def run(env):
    version = long_version(env)
    drawn, queries = median_seconds(env, lambda: version.web_read({"map_html": {}}))
    read, read_queries = median_seconds(env, lambda: version.web_read({"step_ids": {"fields": LIST}}))
    return {
        "figures": {
            "steps": STEPS,
            "map_milliseconds": round(drawn * 1000, 1),
            "reading_milliseconds": round(read * 1000, 1),
        },
        "ratio": round(drawn / read, 2),
        "yardstick": "web_read of the same 150 steps for the form's list, same run",
        "queries": {"map": queries, "reading": read_queries},
    }
