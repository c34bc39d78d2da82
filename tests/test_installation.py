"""Each addon installs alone on the core, and leaves without breaking what pointed to it."""

import subprocess

import pytest
from conftest import drop_database, make_database
from odoo_process import OPEN_EVERYTHING, opened_actions, shell

# Addon -> a model of its own whose records raise nonconformities and actions.
ORIGINS = {
    "qms_audit": "qms.audit.finding",
    "lean_projects": "project.project",
    "citizen_feedback": "feedback.signal",
    "anticorruption": "anticorruption.measure",
}
CORE_ACTIONS = 15

# What was loaded with an addon knows of it still, and before it came knows nothing of it.
RELOAD = """
from odoo.api import Environment
from odoo.modules.registry import Registry

env.cr.rollback()
env = Environment(Registry(env.cr.dbname).cursor(), env.uid, {})
"""

INSTALL = """
env["ir.module.module"].search([("name", "=", "{addon}")]).button_immediate_install()
"""

UNINSTALL = """
print("LEAVING {addon}")
origin = env["{model}"].with_context(active_test=False).search([], limit=1)
assert origin, "The city has no record of {model}."
named = env["qms.origin.mixin"]._origin_vals(origin)
for target in ("qms.nonconformity", "qms.action"):
    env[target].create([{{**named, "name": f"From {addon} {{number}}"}} for number in range(100)])
env.cr.commit()
env["ir.module.module"].search([("name", "=", "{addon}")]).button_immediate_uninstall()
"""

LOOK = """
print("STATE", env["ir.module.module"].search([("name", "=", "{addon}")]).state)
for target in ("qms.nonconformity", "qms.action"):
    records = env[target].search([("name", "like", "From {addon}%")])
    dangling = [record for record in records if record.origin_model and record.origin_model not in env]
    print("KEPT", target, len(records), len(records.filtered("origin_label")), len(dangling))
left = env["ir.model"].search([("model", "=like", "{prefix}%")]).filtered(lambda model: not model.modules)
print("LEFT", left.mapped("model"))
"""


@pytest.fixture(scope="module")
def core_only():
    """A database with nothing but the core and what it depends on."""
    name = make_database("core", "--core")
    yield name
    drop_database(name)


@pytest.mark.parametrize("addon", ORIGINS)
def test_installs_alone(qms, core_only, addon):
    name = f"{core_only}_{addon[:4]}"
    subprocess.run(["createdb", "-T", core_only, name], check=True)
    try:
        output = shell(qms, name, INSTALL.format(addon=addon) + RELOAD + OPEN_EVERYTHING)
        assert opened_actions(output) > CORE_ACTIONS
    finally:
        drop_database(name)


@pytest.fixture(scope="module")
def farewells(qms):
    """What a city says that one addon after the other leaves, until the core stands alone: addon -> output."""
    script = ""
    for addon, model in ORIGINS.items():
        values = {"addon": addon, "model": model, "prefix": model.split(".")[0] + "."}
        script += UNINSTALL.format(**values) + RELOAD + LOOK.format(**values) + OPEN_EVERYTHING
    name = make_database("leaving", "--city")
    try:
        # Odoo tries to delete an addon's data before its tables, and logs what still points to it.
        output = shell(qms, name, script, may_log_errors=True)
    finally:
        drop_database(name)
    return dict(part.split("\n", 1) for part in output.split("LEAVING ")[1:])


@pytest.mark.parametrize("addon", ORIGINS)
def test_uninstalls_cleanly(farewells, addon):
    """A hundred nonconformities and actions that came from the addon stay, with the name of their origin."""
    lines = farewells[addon].splitlines()
    assert "STATE uninstalled" in lines
    assert "KEPT qms.nonconformity 100 100 0" in lines
    assert "KEPT qms.action 100 100 0" in lines
    assert "LEFT []" in lines
    assert opened_actions(farewells[addon]) >= CORE_ACTIONS
