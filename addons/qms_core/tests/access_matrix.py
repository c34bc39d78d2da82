"""The access matrix: role × model × create, read, update, delete, read from the live registry."""

import csv
import io

from odoo.tests import new_test_user

PREFIXES = ("qms.", "feedback.", "lean.", "anticorruption.")
OPERATIONS = {"create": "C", "read": "R", "write": "U", "unlink": "D"}
ADDONS = ("qms_core", "qms_audit", "lean_projects", "citizen_feedback", "anticorruption")
TRIVIAL = ("[(1, '=', 1)]", "[(1,'=',1)]", "")


def _roles(env):
    """Return ``{name of the role: user}``: each role alone, and what everybody or an administrator has."""
    groups = env["ir.model.data"].search(
        [("module", "in", ADDONS), ("model", "=", "res.groups"), ("name", "!=", "group_employee")]
    )
    names = {f"{row.module}.{row.name}": row.complete_name for row in groups}
    names = {"employee": "base.group_user", "system administrator": "base.group_system", **names}
    return {
        name: new_test_user(env, f"matrix_{index}", groups=",".join({"base.group_user", group}))
        for index, (name, group) in enumerate(sorted(names.items()))
    }


def _letters(env, model, user):
    """Return the letters of the operations a user has; small where a record rule narrows them to some records."""
    letters = ""
    rules = env["ir.rule"].with_user(user).sudo()
    for operation, letter in OPERATIONS.items():
        if not env[model].with_user(user).has_access(operation):
            letters += "-"
            continue
        narrowing = rules._get_rules(model, mode=operation).filtered("groups")
        narrowed = narrowing and not any((rule.domain_force or "").strip() in TRIVIAL for rule in narrowing)
        letters += letter.lower() if narrowed else letter
    return letters


def matrix(env):
    """Return the matrix of all our models as CSV text, one row a model, one column a role."""
    models = sorted(
        name
        for name, model in env.items()
        if name.startswith(PREFIXES)
        and not model._abstract
        and not model._transient
        and not name.startswith("qms.fake.")
    )
    roles = _roles(env)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["model", *roles])
    for model in models:
        writer.writerow([model, *(_letters(env, model, user) for user in roles.values())])
    return text.getvalue()
