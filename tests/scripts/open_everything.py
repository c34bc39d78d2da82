# Run in Odoo's shell: opens every window action of our menus in each of its views, and a
# form on the first records of each model, as the web client would; prints what failed and
# how much was opened.
import traceback

from odoo.tests import Form

ADDONS = ("qms_core", "qms_audit", "lean_projects", "citizen_feedback", "anticorruption")
# Views whose data the client asks for by other calls than web_search_read.
READ_BY_LIST = ("list", "kanban", "calendar", "activity", "hierarchy")
opened, failed = 0, []


def our_actions():
    menus = env["ir.model.data"].search([("module", "in", ADDONS), ("model", "=", "ir.ui.menu")])
    actions = env["ir.ui.menu"].browse(menus.mapped("res_id")).exists().mapped("action")
    return [action for action in actions if action and action._name == "ir.actions.act_window"]


def specification(view, models, model):
    fields = models[model]["fields"]
    return {
        name: ({"fields": {"display_name": {}}} if field["type"] in ("many2one", "one2many", "many2many") else {})
        for name, field in fields.items()
        if f'name="{name}"' in view["arch"]
    }


def open_action(action):
    model = env[action.res_model]
    views = [(False, kind) for kind in action.view_mode.split(",")] + [(False, "search")]
    loaded = model.get_views(views, {"toolbar": True})
    for kind, view in loaded["views"].items():
        if kind in READ_BY_LIST:
            model.web_search_read([], specification(view, loaded["models"], action.res_model), limit=80)
    if "form" in action.view_mode and not model._transient:
        for record in model.search([], limit=3):
            Form(record)
            record.web_read(specification(loaded["views"]["form"], loaded["models"], action.res_model))


for action in our_actions():
    try:
        open_action(action)
        opened += 1
    except Exception:
        failed.append(f"{action.name} ({action.res_model}): {traceback.format_exc()}")
env.cr.rollback()
print("OPENED", opened)
for failure in failed:
    print("FAILED", failure)
