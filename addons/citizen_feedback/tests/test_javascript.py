from odoo.tests import HttpCase, tagged

from odoo.addons.qms_core.tests.test_javascript import suite_hash

# Suites of HOOT are chosen by a hash of their name (as in core's web/tests/test_js.py).
SUITE = "@citizen_feedback"


@tagged("post_install", "-at_install")
class TestJavascript(HttpCase):
    def test_unit_tests(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite_hash(SUITE)}",
            "",
            # The page is busy with its bundle for longer than a page may load: the suite's own signal counts.
            "true",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
        )
