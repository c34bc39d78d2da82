from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackInternalRating(FeedbackCase):
    def _form(self, user=None, **vals):
        forms = self.env["feedback.internal.rating"].with_user(user or self.clerk_user)
        return forms.create({"service_id": self.service.id, "score": "4", **vals})

    def test_an_employee_rates_without_his_name(self):
        form = self._form(waiting="2", comfort="na", comment="Slow")
        form.action_send()
        rating = self.env["feedback.rating"].search([("service_id", "=", self.service.id)])
        self.assertEqual(
            (rating.score, rating.waiting, rating.inapplicable, rating.comment, rating.client_kind),
            (4, 2, "comfort", "Slow", "internal"),
        )
        self.assertEqual(rating.create_uid.id, SUPERUSER_ID)
        self.assertFalse(form.exists(), "what would tell his name is gone")

    def test_his_form_is_nobody_else_s(self):
        form = self._form()
        for user in (self.manager, self.head_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                form.with_user(user).read(["score"])

    def test_too_long_a_comment(self):
        with self.assertRaises(UserError):
            self._form(comment="x" * 1201).action_send()

    def test_a_service_of_another_authority(self):
        with self.assertRaises(UserError):
            self._form(service_id=self.foreign_service.id).action_send()
