"""Each addon installs alone on the core, and leaves without breaking what pointed to it."""

import subprocess

import pytest
from conftest import drop_database, make_database
from odoo_process import look_and_open_everything, odoo, open_everything

# Addon -> a model of its own whose records raise nonconformities and actions.
ORIGINS = {
    "qms_audit": "qms.audit.finding",
    "lean_projects": "project.project",
    "citizen_feedback": "feedback.signal",
    "anticorruption": "anticorruption.measure",
}
CORE_ACTIONS = 15

UNINSTALL = """
origin = env["{model}"].with_context(active_test=False).search([], limit=1)
assert origin, "The city has no record of {model}."
named = env["qms.origin.mixin"]._origin_vals(origin)
for target in ("qms.nonconformity", "qms.action"):
    env[target].create([{{**named, "name": f"From {addon} {{number}}"}} for number in range(100)])
env.cr.commit()
env["ir.module.module"].search([("name", "=", "{addon}")]).button_immediate_uninstall()

from odoo.api import Environment
from odoo.modules.registry import Registry

# What was loaded with the addon knows of it still.
env = Environment(Registry(env.cr.dbname).cursor(), env.uid, {{}})
module = env["ir.module.module"].search([("name", "=", "{addon}")])
print("STATE", module.state)
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
        odoo(name, "-i", addon, "--without-demo")
        assert open_everything(qms, name) > CORE_ACTIONS
    finally:
        drop_database(name)


@pytest.fixture(scope="module")
def leaving():
    """A city that one addon after the other leaves, until the core stands alone."""
    name = make_database("leaving", "--city")
    yield name
    drop_database(name)


@pytest.mark.parametrize("addon", ORIGINS)
def test_uninstalls_cleanly(qms, leaving, addon):
    """A hundred nonconformities and actions that came from the addon stay, with the name of their origin."""
    values = {"addon": addon, "model": ORIGINS[addon], "prefix": ORIGINS[addon].split(".")[0] + "."}
    opened, lines = look_and_open_everything(qms, leaving, UNINSTALL.format(**values))
    assert "STATE uninstalled" in lines
    assert "KEPT qms.nonconformity 100 100 0" in lines
    assert "KEPT qms.action 100 100 0" in lines
    assert "LEFT []" in lines
    assert opened >= CORE_ACTIONS
