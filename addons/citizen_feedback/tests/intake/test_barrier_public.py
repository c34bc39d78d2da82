import re
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ...lib import barrier
from ...lib.barrier import PROOF_FIELD, TICKET_FIELD, solve
from ..http_common import FeedbackHttpCase


@tagged("post_install", "-at_install")
class TestBarrierPublic(FeedbackHttpCase):
    """The barrier as visitors and programs meet it, on the form of a rating."""

    def _ticket(self, path="/feedback/T-01?lang=en"):
        return re.search(rf'name="{TICKET_FIELD}" value="([^"]+)"', self._get(path).text)[1]

    def _send(self, **answer):
        return self._post("/feedback/T-01?lang=en", data={"score": "5", "comment": "Keep me", **answer})

    def _assert_refused(self, response, message):
        self.assertEqual(response.status_code, 422)
        self.assertIn(message, response.text)
        self.assertIn("Keep me", response.text)
        self.assertFalse(self._ratings())

    def test_solution_of_the_page_s_own_task_passes_once(self):
        proof = solve(self._ticket())
        self.assertEqual(self._send(**{PROOF_FIELD: proof}).status_code, 303)
        self.assertEqual(len(self._ratings()), 1)
        response = self._send(**{PROOF_FIELD: proof})
        self.assertEqual(response.status_code, 422)
        self.assertIn("already sent", response.text)
        self.assertEqual(len(self._ratings()), 1, "a solution sent again is no second rating")

    def test_without_script_a_ticket_needs_its_time(self):
        ticket = self._ticket()
        self._assert_refused(self._send(**{TICKET_FIELD: ticket}), "faster than a person writes")
        with patch.object(barrier, "MINIMAL_AGE", 0):
            self.assertEqual(self._send(**{TICKET_FIELD: ticket}).status_code, 303)
            self.assertEqual(self._send(**{TICKET_FIELD: ticket}).status_code, 422, "a ticket is used up as well")
        self.assertEqual(len(self._ratings()), 1)

    def test_a_ticket_sent_as_a_ticket_is_no_solution_any_more(self):
        ticket = self._ticket()
        with patch.object(barrier, "MINIMAL_AGE", 0):
            self._send(**{TICKET_FIELD: ticket})
        self.assertEqual(self._send(**{PROOF_FIELD: solve(ticket)}).status_code, 422)

    def test_without_script_fewer_pass(self):
        self.company.feedback_plain_address_limit = 2
        with patch.object(barrier, "MINIMAL_AGE", 0):
            codes = [self._send(**{TICKET_FIELD: self._ticket()}).status_code for _post in range(3)]
            response = self._send(**{TICKET_FIELD: self._ticket()})
        self.assertEqual(codes, [303, 303, 422])
        self.assertIn("without JavaScript", response.text)
        self.assertEqual(self._send(**{PROOF_FIELD: solve(self._ticket())}).status_code, 303)

    def test_nothing_wrong_or_foreign_passes(self):
        for name in (TICKET_FIELD, PROOF_FIELD):
            for value in ("", "x", "\0", "е" * 5000):
                with self.subTest(name=name, value=value[:5]):
                    self._assert_refused(self._send(**{TICKET_FIELD: "", name: value}), "was not passed")
        foreign = self._proof(company=self.other_company)
        self._assert_refused(self._send(**foreign), "was not passed")
        self._assert_refused(self._send(**self._proof(purpose="appeal")), "was not passed")

    def test_a_page_open_too_long(self):
        with freeze_time("2026-03-02 10:00:00"):
            proof = self._proof()
        self._assert_refused(self._send(**proof), "open for more than two hours")

    def test_after_an_error_the_page_has_a_new_task(self):
        ticket = self._ticket()
        response = self._post("/feedback/T-01", data={"score": "9", TICKET_FIELD: ticket})
        self.assertNotIn(ticket, response.text)
        self.assertRegex(response.text, rf'name="{TICKET_FIELD}" value="[^"]{{300,}}"')

    def test_scripts_run_where_a_barrier_is_and_only_ours(self):
        form, thanks = self._get("/feedback/T-01"), self._get("/feedback/thanks")
        self.assertIn("script-src 'none'", thanks.headers["Content-Security-Policy"])
        self.assertIn("script-src 'self'", form.headers["Content-Security-Policy"])
        scripts = re.findall(r"<script([^>]*)>([^<]*)", form.text)
        self.assertEqual(len(scripts), 1)
        self.assertRegex(scripts[0][0], r'src="/citizen_feedback/static/')
        self.assertEqual(scripts[0][1], "", "nothing inline")
        source = re.search(r'src="([^"]+)"', scripts[0][0])[1]
        self.assertEqual(self.url_open(source).status_code, 200)
