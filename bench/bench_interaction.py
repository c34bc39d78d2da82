"""Interaction map of a large authority, against reading the same flows as a list does."""

import random
import statistics
import time

from measure import median_seconds

from odoo.addons.qms_core.lib import network

PROCESSES = 200
FLOWS = 800
PARTIES = 30
KINDS = ("management", "core", "core", "core", "support", "support", "measurement")
LIST = {
    "direction": {},
    "name": {},
    "party_id": {"fields": {"display_name": {}}},
    "other_process_id": {"fields": {"display_name": {}}},
}


def large_authority(env):
    """Create processes in force and their flows: most named by both ends, some with an end missing."""
    rand = random.Random(1)
    company = env["res.company"].create({"name": "Bench"})
    env.user.company_ids += company
    env = env(context={**env.context, "allowed_company_ids": company.ids, "tracking_disable": True})
    role = env["qms.role"].create({"name": "Власник", "code": "B-1", "company_id": company.id})
    parties = env["qms.party"].create(
        [{"name": f"Сторона {i}", "code": f"B-{i}", "company_id": company.id} for i in range(PARTIES)]
    )
    processes = env["qms.process"].create(
        [
            {
                "name": f"Підготовка та погодження проєктів рішень {i}",
                "code": f"B-{i:03d}",
                "kind": rand.choice(KINDS),
                "owner_role_id": role.id,
                "company_id": company.id,
            }
            for i in range(PROCESSES)
        ]
    )
    versions = env["qms.process.version"].create([{"process_id": process.id} for process in processes])
    rows = []
    for number in range(FLOWS * 2 // 5):
        giver, taker = rand.sample(range(PROCESSES), 2)
        name = f"Документ {number}"
        rows.append((giver, "output", name, {"other_process_id": processes[taker].id}))
        if number % 10:
            rows.append((taker, "input", name, {"other_process_id": processes[giver].id}))
    while len(rows) < FLOWS:
        end = {"party_id": rand.choice(parties).id} if len(rows) % 12 else {}
        rows.append((rand.randrange(PROCESSES), rand.choice(("input", "output")), f"Заява {len(rows)}", end))
    env["qms.process.flow"].create(
        [
            {"version_id": versions[index].id, "key": f"f{n:04d}", "direction": direction, "name": name, **end}
            for n, (index, direction, name, end) in enumerate(rows)
        ]
    )
    for version in versions:
        version._transition({"state": "approved"})
        version.process_id._put_in_force(version)
    env.flush_all()
    return env, versions


def engine_seconds(env):
    """Return the median seconds of merging, placing and writing alone, without any query."""
    graph, _processes = env["qms.process"]._interaction_network([])
    flows = [
        network.Flow(edge.source, "output", name, edge.target)
        for edge in graph.edges
        if edge.source in graph.processes
        for name in edge.items
    ]
    seconds = []
    for _round in range(5):
        started = time.perf_counter()
        built = network.build(list(graph.processes.values()), list(graph.parties.values()), flows)
        network.to_data(network.place(built))
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def run(env):
    env, versions = large_authority(env)
    processes = env["qms.process"]
    data = processes.get_interaction_map()
    drawn, queries = median_seconds(env, processes.get_interaction_map)
    flows = env["qms.process.flow"].search([("version_id", "in", versions.ids)])
    read, read_queries = median_seconds(env, lambda: flows.web_read(LIST))
    return {
        "figures": {
            "processes": PROCESSES,
            "flows": len(flows),
            "lines": len(data["edges"]),
            "missing_ends": len(data["missing"]),
            "map_milliseconds": round(drawn * 1000, 1),
            "engine_milliseconds": round(engine_seconds(env) * 1000, 1),
            "reading_milliseconds": round(read * 1000, 1),
        },
        "ratio": round(drawn / read, 2),
        "yardstick": "web_read of the same 800 flows for a list, same run",
        "queries": {"map": queries, "reading": read_queries},
    }
