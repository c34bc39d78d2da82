from pathlib import Path

from odoo.modules.module import Manifest
from odoo.tests import HttpCase, tagged


def suite_hash(name):
    """Return the identifier that HOOT gives to a suite (as in core's web/tests/test_js.py)."""
    value = 0
    for char in name:
        value = (value * 31 + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestJavascript(HttpCase):
    def _addons_with_suites(self):
        """Return the names of the core and of the installed addons on it that have tests of their own."""
        on_the_core = ["|", ("name", "=", "qms_core"), ("dependencies_id.name", "=", "qms_core")]
        names = self.env["ir.module.module"].search([("state", "=", "installed"), *on_the_core]).mapped("name")
        return [name for name in names if Path(Manifest.for_addon(name).path, "static/tests").is_dir()]

    def test_unit_tests(self):
        """All suites on one page: to load it takes longer than they do."""
        addons = self._addons_with_suites()
        self.assertIn("qms_core", addons)
        suites = "".join(f"&id={suite_hash(f'@{name}')}" for name in addons)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{suites}",
            "",
            # The page is busy with its bundle for longer than a page may load: the suite's own signal counts.
            "true",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
        )
