"""Nonconformities and actions in bulk, against the same number of bare records with a thread.

Actions are started, so that each is on its person's list. For comparison, OCA's management system (``mgmtsystem``, on
two cores): 6.2 queries and a mail for each action with its activity, 165 a second.
"""

from datetime import timedelta

from measure import add_yardstick, create_in_batches, median_seconds

COUNT = 5000


def run(env):
    bare = add_yardstick(env)
    company = env.company
    unit = env["hr.department"].create({"name": "Bench", "company_id": company.id})
    user = env["res.users"].create({"name": "Bench", "login": "bench"})
    person = env["hr.employee"].create({"name": "Bench", "company_id": company.id, "user_id": user.id})
    unit.manager_id = person
    deadline = company._qms_today() + timedelta(days=10)

    def nonconformity(index):
        return {"name": f"Nonconformity {index}", "company_id": company.id, "department_id": unit.id}

    def action(index):
        return {
            "name": f"Action {index}",
            "company_id": company.id,
            "responsible_id": person.id,
            "date_deadline": deadline,
        }

    def yardstick(index):
        return {"name": f"Record {index}", "company_id": company.id}

    mails = env["mail.mail"].search_count([])
    # The first batch of each pays for caches and sequences.
    for model, vals in (("qms.nonconformity", nonconformity), ("qms.action", action), ("bench.yardstick", yardstick)):
        env[model].create([vals(index) for index in range(100)])
    created_bare = create_in_batches(env, bare, yardstick, COUNT)
    created_nonconformities = create_in_batches(env, env["qms.nonconformity"], nonconformity, COUNT)
    created_actions = create_in_batches(env, env["qms.action"], action, COUNT, then="action_start")
    calls = env["mail.activity"].search_count([("res_model", "=", "qms.action"), ("user_id", "=", user.id)])
    bare_list = {"name": {}, "company_id": {"fields": {"display_name": {}}}}
    our_list = {
        "number": {},
        "name": {},
        "severity": {},
        "state": {},
        "date_deadline": {},
        "department_id": {"fields": {"display_name": {}}},
        "responsible_id": {"fields": {"display_name": {}}},
    }
    bare_seconds, bare_queries = median_seconds(env, lambda: bare.web_search_read([], bare_list, limit=80))
    list_seconds, list_queries = median_seconds(
        env, lambda: env["qms.nonconformity"].web_search_read([], our_list, limit=80)
    )
    # By the rules of a person: which units he heads, for whom he stands in.
    officer = env["res.users"].create(
        {
            "name": "Bench officer",
            "login": "bench_officer",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(6, 0, env.ref("qms_core.group_quality_officer").ids)],
        }
    )
    cases = env["qms.nonconformity"].with_user(officer).with_context(allowed_company_ids=company.ids)
    officer_seconds, officer_queries = median_seconds(env, lambda: cases.web_search_read([], our_list, limit=80))
    action_list = {**our_list, "kind": {}, "nonconformity_id": {"fields": {"display_name": {}}}, "priority_level": {}}
    del action_list["severity"]
    actions_seconds, actions_queries = median_seconds(
        env, lambda: env["qms.action"].web_search_read([], action_list, limit=80)
    )
    _board_seconds, board_queries = median_seconds(
        env,
        lambda: env["qms.action"].web_read_group(
            [], ["state"], ["__count"], auto_unfold=True, unfold_read_specification={**action_list, "is_late": {}}
        ),
    )
    return {
        "figures": {
            "bare_create_seconds": round(created_bare["seconds"], 2),
            "nonconformity_create_seconds": round(created_nonconformities["seconds"], 2),
            "action_create_seconds": round(created_actions["seconds"], 2),
            "action_ratio": round(created_actions["seconds"] / created_bare["seconds"], 2),
            "list_of_80_ratio": round(list_seconds / bare_seconds, 2),
            "officer_list_of_80_ratio": round(officer_seconds / bare_seconds, 2),
            "actions_per_second": round(COUNT / created_actions["seconds"]),
            "actions_on_the_person_s_list": calls,
            "action_list_of_80_ratio": round(actions_seconds / bare_seconds, 2),
            "mails": env["mail.mail"].search_count([]) - mails,
        },
        "ratio": round(created_nonconformities["seconds"] / created_bare["seconds"], 2),
        "yardstick": f"{COUNT} bare records with mail.thread, batches of 100, same run",
        "queries": {
            "bare_per_record": created_bare["queries"] / COUNT,
            "nonconformity_per_record": created_nonconformities["queries"] / COUNT,
            "action_per_record": created_actions["queries"] / COUNT,
            "bare_list_of_80": bare_queries,
            "nonconformity_list_of_80": list_queries,
            "nonconformity_list_of_80_officer": officer_queries,
            "action_list_of_80": actions_queries,
            "action_board_by_stage": board_queries,
        },
    }
