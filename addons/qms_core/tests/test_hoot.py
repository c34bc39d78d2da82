from odoo.tests import HttpCase, no_retry, tagged


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    @no_retry
    def test_unit_tests_of_the_client(self):
        """The tests in static/tests, in a headless browser."""
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={self._job('@qms_core')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
        )

    def _job(self, name):
        """Return HOOT's id of a suite: the hash of its name, as core's own tests make it."""
        result = 0
        for char in name:
            result = ((result << 5) - result + ord(char)) & 0xFFFFFFFF
        return f"{result:08x}"
