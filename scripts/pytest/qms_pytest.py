"""What ./qms test adds to pytest: counting for one closing line, leaving the browser out, cheap users."""

import json
import sys

import pytest

NO_BROWSER = "left out by --fast: needs a browser"


def pytest_addoption(parser):
    group = parser.getgroup("qms")
    group.addoption("--qms-counts", help="file to write the numbers of passed, failed and skipped tests to")
    group.addoption(
        "--qms-part", choices=("server", "other"), help="only tests that use the shared server, or only the others"
    )
    group.addoption("--qms-fast", action="store_true", help="leave out the tests that use a browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    _make_users_cheap()
    if part := config.getoption("--qms-part"):
        _leave_out(config, items, lambda item: _uses(item, "server") != (part == "server"))
    if config.getoption("--qms-fast"):
        if "odoo.tests.common" in sys.modules:
            _skip_odoo_browser(sys.modules["odoo.tests.common"])
        _leave_out(config, items, lambda item: _uses(item, "browser"))


def _make_users_cheap():
    """Every test class makes a dozen users: costly passwords and a task of welcome took half of the whole run."""
    if users := sys.modules.get("odoo.addons.base.models.res_users"):
        users.MIN_ROUNDS = 1000
    if project := sys.modules.get("odoo.addons.project.models.res_users"):
        project.ResUsers._onboard_users_into_project = lambda self, users: self.browse()


@pytest.fixture(scope="session", autouse=True)
def people_of_tests(request):
    """Make once, in the database that every test class rolls back to, the people they all begin with."""
    if request.config.getoption("--odoo-database", None):
        request.getfixturevalue("load_registry")
        _make_people_once()


def _make_people_once():
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name

    from odoo.addons.qms_core.tests.common import make_people

    with Registry(get_db_name()).cursor() as cursor:
        make_people(Environment(cursor, SUPERUSER_ID, {}))


def _uses(item, fixture):
    return fixture in getattr(item, "fixturenames", ())


def _leave_out(config, items, unwanted):
    left_out = [item for item in items if unwanted(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _skip_odoo_browser(common):
    """Tours and JavaScript tests of addons all go through this method."""

    def browser_js(self, *args, **kwargs):
        self.skipTest(NO_BROWSER)

    common.HttpCase.browser_js = browser_js


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    path = config.getoption("--qms-counts")
    if path:
        with open(path, "w") as counts:
            json.dump(count(terminalreporter.stats), counts)


def count(stats):
    """Numbers from pytest's categories; an error in a fixture counts as a failed test."""

    def total(*categories):
        return sum(len(stats.get(category, ())) for category in categories)

    return {
        "passed": total("passed", "xpassed"),
        "failed": total("failed", "error", "subtests failed"),
        "skipped": total("skipped", "xfailed"),
    }
