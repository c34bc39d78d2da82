"""Documents with their first versions, a hundred at once, and an approval; against bare records with a thread."""

from unittest.mock import patch

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
    versions.action_submit()
    own, kind_of_version = env(user=approver.id), type(versions)
    one, many = versions[0].with_env(own), versions[1:].with_env(own)
    env.flush_all()
    # Prints are measured apart: a page takes as long as the whole rest.
    with patch.object(kind_of_version, "_store_pdf", lambda version: None):
        env.invalidate_all()  # as each request does, it reads what it needs anew
        with measured(env) as single:
            one._approve()
        env.invalidate_all()
        with measured(env) as batch:
            many._approve()
    with measured(env) as printing:
        one._store_pdf()
    return {
        "figures": {
            "documents": DOCUMENTS,
            "create_seconds": round(made["seconds"], 2),
            "approve_one_milliseconds": round(1000 * single["seconds"], 1),
            "approve_each_of_many_milliseconds": round(1000 * batch["seconds"] / len(many), 1),
            "print_milliseconds": round(1000 * printing["seconds"], 1),
            "most_queries_per_document_and_version": MOST_CREATE,
            "most_queries_per_approval": MOST_APPROVE,
        },
        "ratio": round(made["seconds"] / bare, 2),
        "yardstick": f"{2 * DOCUMENTS} bare records with a thread, same run",
        "queries": {
            "per_document_and_version": round(made["queries"] / DOCUMENTS, 2),
            "approve_one_cold": single["queries"],
            "approve_each_of_many": round(batch["queries"] / len(many), 2),
            "print": printing["queries"],
        },
    }
