from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tools import hmac

from ..lib.barrier import DIFFICULTY, PROOF_FIELD, TICKET_FIELD, new_ticket, solve
from .common import FeedbackCase


class FeedbackHttpCase(FeedbackCase, HttpCase):
    """The website belongs to the first authority; its services can be rated from any address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.company_id = cls.company
        cls.company.feedback_address_limit = 1000
        # The work is that of the visitors; a test does a little of it.
        cls.startClassPatcher(patch.dict(DIFFICULTY, {"cost": 1, "key_prefix": "0"}))

    def _proof(self, purpose="rating", company=None):
        """Return the field of a new visitor whose browser has solved the barrier's task."""
        key = hmac(self.env(su=True), "citizen_feedback.barrier", "key")
        return {PROOF_FIELD: solve(new_ticket(key, f"{(company or self.company).id}|{purpose}"))}

    def _get(self, path, **headers):
        return self.url_open(path, headers=headers, allow_redirects=False)

    def _post(self, path="/feedback/T-01", data=None, headers=None, purpose="rating", **kwargs):
        """Post a form as a new visitor, without following the redirect.

        The barrier is passed, unless the data is raw or brings an answer of its own.
        """
        self.opener.cookies.clear()
        data = {"score": "5"} if data is None else data
        if isinstance(data, dict) and not {PROOF_FIELD, TICKET_FIELD} & set(data):
            data = {**data, **self._proof(purpose)}
        return self.opener.post(
            self.base_url() + path,
            data=data,
            headers=headers or {},
            allow_redirects=False,
            timeout=30,
            **kwargs,
        )

    def _ratings(self):
        return self.env["feedback.rating"].sudo().search([("company_id", "=", self.company.id)])
