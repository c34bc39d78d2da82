"""The model check of 200 processes of 15 steps each, against reading the same steps as a list does."""

from bench_registry import PROCESSES, STEPS, make_registry
from measure import measured, median_seconds

LIMIT_SECONDS = 5
LIST = {"name": {}, "kind": {}, "role_id": {"fields": {"display_name": {}}}, "touch_minutes": {}}


def add_services(env, processes):
    """Add what the other checks look at: a service, an indicator and a flow for each process, a clause for many."""
    services = env["qms.service"].create(
        [{"name": f"Послуга {process.code}", "code": process.code, "process_id": process.id} for process in processes]
    )
    env["qms.indicator"].create(
        [{"name": f"Показник {process.code}", "code": process.code, "process_id": process.id} for process in processes]
    )
    standard = env["qms.standard"].create({"name": "Bench", "code": "BENCH"})
    env["qms.requirement"].create(
        [
            {
                "standard_id": standard.id,
                "clause": f"{number}.1",
                "name": f"Вимога {number}",
                "process_ids": process.ids if number % 2 else False,
            }
            for number, process in enumerate(processes)
        ]
    )
    env.flush_all()
    return services


def run(env):
    _groups, processes = make_registry(env)
    add_services(env, processes)
    checks, company = env["qms.check"], env.company
    checks._carry_out(company)
    outcomes = []

    def check():
        outcomes[:] = checks._carry_out(company)

    seconds, queries = median_seconds(env, check, rounds=5)
    with measured(env) as first:
        env["qms.check.run"]._check_model(company)
    with measured(env) as again:
        env["qms.check.run"]._check_model(company)
    steps = env["qms.process.step"].search([("version_id", "in", processes.version_id.ids)])
    read, read_queries = median_seconds(env, lambda: steps.web_read(LIST), rounds=5)
    return {
        "figures": {
            "processes": PROCESSES,
            "steps": PROCESSES * STEPS,
            "hits": sum(len(outcome.rows) for outcome in outcomes),
            "checks_seconds": round(seconds, 2),
            "first_run_seconds": round(first["seconds"], 2),
            "second_run_seconds": round(again["seconds"], 2),
            "limit_seconds": LIMIT_SECONDS,
            "milliseconds": {outcome.name: round(outcome.seconds * 1000, 1) for outcome in outcomes},
        },
        "ratio": round(seconds / read, 2),
        "yardstick": f"web_read of the same {PROCESSES * STEPS} steps for a list, same run",
        "queries": {
            "checks": queries,
            "first_run": first["queries"],
            "second_run": again["queries"],
            "reading": read_queries,
            **{outcome.name: outcome.queries for outcome in outcomes},
        },
    }
