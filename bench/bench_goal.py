"""A goal tree of 500 goals: what a new set of values costs in statuses, and the tree on paper, against a list of it."""

from measure import measured, median_seconds

WIDTH = (5, 15, 480)
INDICATORS = 60
LIST = {"name": {}, "code": {}, "owner_role_id": {"fields": {"display_name": {}}}, "date_end": {}}


def make_goals(env):
    """Return 500 approved goals in three levels, the lowest measured by indicators, and the indicators."""
    indicators = env["qms.indicator"].create(
        [{"name": f"Показник {number}", "code": f"BG-{number}", "target": 90} for number in range(INDICATORS)]
    )
    roles = env["qms.role"].create([{"name": f"Роль {number}", "code": f"BG-{number}"} for number in range(6)])
    goals, above = env["qms.goal"], env["qms.goal"]
    for level, width in enumerate(WIDTH):
        above = env["qms.goal"].create(
            [
                {
                    "name": f"Ціль {level}.{number}",
                    "code": f"BG-{level}.{number:03d}",
                    "parent_id": above[number % len(above)].id if above else False,
                    "owner_role_id": roles[number % 6].id,
                    "indicator_ids": [(6, 0, indicators[number % INDICATORS].ids)] if level == 2 else False,
                }
                for number in range(width)
            ]
        )
        goals += above
    goals._transition({"state": "approved"})
    env.flush_all()
    return goals, indicators


def run(env):
    goals, indicators = make_goals(env)
    top = goals[: WIDTH[0]]
    env.invalidate_all()
    with measured(env) as rolled:
        env["qms.measurement"].create(
            [{"indicator_id": indicator.id, "date": env.company._qms_today(), "value": 10} for indicator in indicators]
        )
        env.flush_all()
    missed = len(goals.filtered(lambda goal: goal.status == "missed"))

    def on_paper():
        for row in top._tree_rows():
            row.goal._print_indicators()

    printed, print_queries = median_seconds(env, on_paper, rounds=7)
    listed, list_queries = median_seconds(env, lambda: goals.web_read(LIST), rounds=7)
    return {
        "figures": {
            "goals": len(goals),
            "indicators_measured": INDICATORS,
            "goals_missed": missed,
            "rolled_up_seconds": round(rolled["seconds"], 3),
            "tree_seconds": round(printed, 3),
            "list_seconds": round(listed, 3),
        },
        "ratio": round(printed / listed, 2),
        "yardstick": f"web_read of the same {len(goals)} goals for a list, same run",
        "queries": {"rolled_up": rolled["queries"], "tree": print_queries, "list": list_queries},
    }
