"""Every demo role logs in and opens every menu of ours, without a script error or an error in the server's log.

What one person's browser has shown is asked of the server alone for the next: whether somebody may see it is
decided there, and it takes a tenth of the time.
"""

import pytest
from client import settled

# Roots of our addons' menus; what Odoo brings itself is not walked.
ROOTS = ("qms_core", "qms_audit", "lean_projects", "citizen_feedback", "anticorruption")


def menus_of(page):
    """Return the actions of our menus that this person sees, as ``[(path of names, id of the action)]``."""
    tree = page.evaluate(
        """async () => {
            const answer = await fetch('/web/webclient/load_menus', {cache: 'no-store'});
            return await answer.json();
        }"""
    )
    found = []

    def walk(menu, names):
        names = [*names, menu["name"]]
        if menu.get("actionID"):
            found.append((" / ".join(names), menu["actionID"]))
        for child in menu["children"]:
            walk(tree[str(child)], names)

    for root in tree["root"]["children"]:
        menu = tree[str(root)]
        if (menu.get("xmlid") or "").split(".")[0] in ROOTS:
            walk(menu, [])
    # An app's root shows what its first menu shows.
    return list({action: (name, action) for name, action in found}.values())


# As a click on the menu does, without loading the whole client each time.
OPEN = """async (action) => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.action;
    await service.doAction({type: "ir.actions.act_window_close"});
    await service.doAction(action, {clearBreadcrumbs: true});
}"""

# What the client asks the server for to show a window action's first view: that view, and its records. The other
# views are the same for everybody but for a few fields; rendering all of them for all people takes minutes.
ASK = """async (id) => {
    const {action: actions, view: views, orm} = odoo.__WOWL_DEBUG__.root.env.services;
    const {user} = odoo.loader.modules.get("@web/core/user");
    const action = await actions.loadAction(id);
    if (action.type !== "ir.actions.act_window") {
        return false;
    }
    const context = {...user.context, ...action.context};
    const asked = action.views.filter(([, kind], index) => !index || kind === "search");
    const loaded = await views.loadViews(
        {context, resModel: action.res_model, views: asked},
        {actionId: id, loadActionMenus: true, loadIrFilters: true}
    );
    const arch = loaded.views[action.views[0][1]].arch;
    const shown = Object.entries(loaded.fields).filter(([name]) => arch.includes(`name="${name}"`));
    const related = (field) => ["many2one", "one2many", "many2many"].includes(field.type);
    const specification = Object.fromEntries(
        shown.map(([name, field]) => [name, related(field) ? {fields: {display_name: {}}} : {}])
    );
    await orm.webSearchRead(action.res_model, action.domain, {specification, limit: 80, context});
    return true;
}"""


@pytest.fixture(scope="module")
def shown():
    """Actions of windows that some person's browser has shown."""
    return set()


def open_menu(page, name, action, shown):
    if action in shown and page.evaluate(ASK, action):
        return
    shown.add(action)
    page.evaluate(OPEN, action)
    page.wait_for_selector(".o_action_manager > *, .o_dialog .o_form_view")
    settled(page)
    dialog = page.locator(".o_error_dialog, .modal .o_dialog_error")
    assert dialog.count() == 0, f"{name}: {dialog.first.inner_text()}"


@pytest.mark.parametrize(
    "login_name",
    [
        "admin",
        "mayor",
        "deputy",
        "coordinator",
        "head",
        "officer",
        "clerk",
        "auditor",
        "control",
        "hr",
        "lawyer",
        "archivist",
        "lean_leader",
        "lean_curator",
        "feedback_operator",
        "feedback_manager",
        "anticorruption",
        "region",
    ],
)
def test_every_menu_opens(server, client_context, login, shown, login_name):
    person = next((person for person in server.logins if person["login"] == login_name), None)
    assert person, f"The demo city has no login {login_name}: {[p['login'] for p in server.logins]}"
    # As a browser of his own: the client keeps menus and answers of the person before.
    page = client_context().new_page()
    login(page, person["login"], person["password"])
    menus = menus_of(page)
    assert menus, "This person sees no menu of ours."
    for name, action in menus:
        open_menu(page, name, action, shown)


def test_the_list_of_roles_is_whole(server):
    """A new demo role has to be added to the test above."""
    walked = set(test_every_menu_opens.pytestmark[0].args[1])
    assert {person["login"] for person in server.logins} == walked
