# Run in Odoo's shell: prints as JSON what tests/test_city.py compares.
import json
from collections import Counter

from odoo.addons.qms_core.models.document.qms_demo_docgen import NEW_DUTY
from odoo.addons.qms_core.models.indicator.qms_demo_benchmark import CODE
from odoo.addons.qms_core.models.indicator.qms_demo_story import STORIES


def own(model, *domain):
    return env[model].search([("company_id", "=", env.company.id), *domain])


def as_person(login, model):
    return env[model].with_user(env["res.users"].search([("login", "=", login)]))


def unreadable(login, issues):
    """Return the issues whose record this person may not read."""
    hidden = []
    for issue in issues:
        try:
            as_person(login, issue.origin_model).browse(issue.origin_id).mapped("display_name")
        except Exception as error:
            hidden.append(f"{issue.display_name}: {error}")
    return hidden


def outdated():
    """Return the documents out of date after the nightly comparison of all of them with the model."""
    documents = own("qms.document", ("template_id", "!=", False))
    documents._check_outdated()
    return [
        {
            "template": document.template_id.code,
            "state": document.state,
            "shows_the_duty": NEW_DUTY["text"] in document.outdated_difference,
        }
        for document in documents.filtered("is_outdated")
    ]


def benchmark(login):
    page = as_person(login, "qms.benchmark").get_page(CODE)
    return [page["scope"], page["total"], len(page["rows"])]


def requirements():
    excluded = own("qms.requirement", ("applicable", "=", False))
    return {
        "standards": own("qms.standard").mapped("code"),
        "coverage": own("qms.standard").mapped("coverage_percent"),
        "open": own("qms.requirement", ("coverage", "in", ["open", "partly"])).mapped("clause"),
        "excluded": {requirement.clause: requirement.reason or "" for requirement in excluded},
    }


def checks():
    runs, issues = own("qms.check.run"), own("qms.check.issue")
    return {
        "runs": [run.failed_count for run in runs],
        "carried_out": sorted(set(runs.line_ids.mapped("check_name"))),
        "known": sorted(env["qms.check"]._get_checks()),
        "found": Counter(issues.mapped("check_name")),
        "texts": {issue.check_name: [issue.name, issue.sentence] for issue in issues},
        "unreadable": unreadable("clerk", issues),
    }


def indicators():
    found = own("qms.indicator", ("code", "in", list(STORIES)))
    return {
        "measured": [[indicator.code, indicator.period, len(indicator.measurement_ids)] for indicator in found],
        "status": sorted(set(found.mapped("status"))),
    }


def goals():
    found = own("qms.goal")
    return {
        "above": sorted((found.parent_id - found).mapped("code")),
        "states": sorted(set(found.mapped("state"))),
        "without_measure": len(found.filtered(lambda goal: not goal.indicator_ids and not goal.child_ids)),
    }


facts = {
    "checks": checks(),
    "requirements": requirements(),
    "indicators": indicators(),
    "benchmark": {login: benchmark(login) for login in ("region", "mayor")},
    "goals": goals(),
    "outdated": outdated(),
}
env.cr.rollback()
print("CITY", json.dumps(facts))
