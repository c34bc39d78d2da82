from odoo.tests import HttpCase

from .common import FeedbackCase


class FeedbackHttpCase(FeedbackCase, HttpCase):
    """The website belongs to the first authority; its services can be rated from any address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.company_id = cls.company
        cls.company.feedback_address_limit = 1000

    def _get(self, path, **headers):
        return self.url_open(path, headers=headers, allow_redirects=False)

    def _post(self, path="/feedback/T-01", data=None, headers=None, **kwargs):
        """Post a form as a new visitor, without following the redirect."""
        self.opener.cookies.clear()
        return self.opener.post(
            self.base_url() + path,
            data={"score": "5"} if data is None else data,
            headers=headers or {},
            allow_redirects=False,
            timeout=30,
            **kwargs,
        )

    def _ratings(self):
        return self.env["feedback.rating"].sudo().search([("company_id", "=", self.company.id)])
