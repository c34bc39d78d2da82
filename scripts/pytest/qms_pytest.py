"""What ./qms test adds to pytest: counting for one closing line, and leaving the browser out."""

import json
import sys

import pytest

NO_BROWSER = "left out by --fast: needs a browser"


def pytest_addoption(parser):
    group = parser.getgroup("qms")
    group.addoption("--qms-counts", help="file to write the numbers of passed, failed and skipped tests to")
    group.addoption("--qms-fast", action="store_true", help="leave out the tests that use a browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if not config.getoption("--qms-fast"):
        return
    if "odoo.tests.common" in sys.modules:
        _skip_odoo_browser(sys.modules["odoo.tests.common"])
    browser = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    if browser:
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]


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
