import logging

from odoo.tests import BaseCase

from ...lib.access_log import WithoutVisitors


class TestAccessLog(BaseCase):
    def _line(self, request, address="198.51.100.77"):
        message = f'{address} - - [01/Mar/2026 10:00:00] "%s" %s %s'
        record = logging.LogRecord("werkzeug", logging.INFO, "", 0, message, (request, "200", "-"), None)
        self.assertTrue(WithoutVisitors().filter(record))
        return record.getMessage()

    def test_public_pages_keep_no_address(self):
        for request in (
            "GET /feedback HTTP/1.1",
            "\x1b[33mPOST /feedback/T-01?lang=uk HTTP/1.1\x1b[0m",
            "GET /appeals?lang=uk HTTP/1.1",
            "POST /appeals/follow HTTP/1.1",
        ):
            for address in ("198.51.100.77", "2001:db8::1"):
                with self.subTest(request=request, address=address):
                    line = self._line(request, address)
                    self.assertNotIn(address, line)
                    self.assertIn(request, line)
                    self.assertIn("200", line)

    def test_secrets_of_an_address_are_left_out(self):
        for page in ("at", "done", "once", "questionnaire"):
            line = self._line(f"GET /feedback/{page}/s3cr-t_?lang=uk HTTP/1.1")
            self.assertNotIn("s3cr-t_", line)
            self.assertIn(f"/feedback/{page}/…?lang=uk", line)

    def test_other_pages_are_logged_as_before(self):
        for request in ("GET /web/login HTTP/1.1", "GET /feedbacks HTTP/1.1", "GET /odoo/feedback HTTP/1.1"):
            self.assertIn("198.51.100.77", self._line(request))

    def test_lines_of_another_shape_pass(self):
        for args in (None, (), ({"a": 1},)):
            record = logging.LogRecord("werkzeug", logging.INFO, "", 0, "Started", args, None)
            self.assertTrue(WithoutVisitors().filter(record))

    def test_the_server_s_log_passes_through_it(self):
        filters = logging.getLogger("werkzeug").filters
        self.assertEqual([type(one).__name__ for one in filters].count("WithoutVisitors"), 1)
