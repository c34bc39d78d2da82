from odoo.tests import HttpCase, tagged

# Suites of HOOT are chosen by a hash of their name (as in core's web/tests/test_js.py).
SUITE = "@qms_core"


def suite_hash(name):
    """Return the identifier that HOOT gives to a suite."""
    value = 0
    for char in name:
        value = (value * 31 + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


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
