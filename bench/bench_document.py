"""Documents with their first versions, a hundred at once, and an approval; against bare records with a thread."""

from measure import add_yardstick, measured, median_seconds

DOCUMENTS = 100
ROUNDS = 5
MOST_CREATE = 8
MOST_APPROVE = 20


def make_people(env):
    """Return two users who write and approve, and the role by which the second approves."""
    users = env["res.users"].with_context(no_reset_password=True)
    group = env.ref("base.group_user").id
    keeper, approver = users.create(
        [
            {"name": "Bench author", "login": "bench_author", "group_ids": [(6, 0, [group, keeper_group(env)])]},
            {"name": "Bench approver", "login": "bench_approver", "group_ids": [(6, 0, [group])]},
        ]
    )
    employee = env["hr.employee"].create({"name": approver.name, "user_id": approver.id})
    role = env["qms.role"].create({"name": "Bench approver", "code": "BENCH-APPROVER"})
    env["qms.role.holder"].create({"role_id": role.id, "employee_id": employee.id})
    return keeper, approver, role


def keeper_group(env):
    return env.ref("qms_core.group_coordinator").id


def make_documents(env, kind, role, first=0):
    documents = env["qms.document"].create(
        [{"name": f"Документ {number}", "type_id": kind.id} for number in range(first, first + DOCUMENTS)]
    )
    return env["qms.document.version"].create(
        [
            {
                "document_id": document.id,
                "body": "<h2>1. Мета</h2><p>Порядок роботи.</p>" * 20,
                "approval_ids": [(0, 0, {"role_id": role.id})],
            }
            for document in documents
        ]
    )


def run(env):
    yardstick = add_yardstick(env)
    keeper, approver, role = make_people(env)
    kind = env.ref("qms_core.document_type_form")
    author = env(user=keeper.id)
    make_documents(author, kind, role)  # caches are warm as on a day at work
    with measured(env) as made:
        versions = make_documents(author, kind, role, DOCUMENTS)
    # A bare record is made twice, as a document and its version are two.
    bare, _queries = median_seconds(
        env, lambda: yardstick.create([{"name": str(number)} for number in range(2 * DOCUMENTS)]), rounds=ROUNDS
    )
    versions[: ROUNDS + 1].action_submit()
    approvals, prints, own = [], [], env(user=approver.id)
    versions[ROUNDS].with_env(own)._approve()
    for version in versions[:ROUNDS].with_env(own):
        env.flush_all()
        # As each request does, it reads what it needs anew.
        env.invalidate_all()
        with measured(env) as approval:
            version._approve()
        approvals.append(approval)
        with measured(env) as printing:
            version._print_pdf()
        prints.append(printing["seconds"])
    approve_queries = max(approval["queries"] for approval in approvals)
    return {
        "figures": {
            "documents": DOCUMENTS,
            "create_seconds": round(made["seconds"], 2),
            "approve_milliseconds_with_print": round(1000 * min(row["seconds"] for row in approvals), 1),
            "print_milliseconds": round(1000 * min(prints), 1),
            "most_queries_per_document_and_version": MOST_CREATE,
            "most_queries_per_approval": MOST_APPROVE,
        },
        "ratio": round(made["seconds"] / bare, 2),
        "yardstick": f"{2 * DOCUMENTS} bare records with a thread, same run",
        "queries": {
            "per_document_and_version": round(made["queries"] / DOCUMENTS, 2),
            "approve": approve_queries,
        },
    }
