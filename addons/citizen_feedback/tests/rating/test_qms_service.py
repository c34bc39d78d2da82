from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestQmsService(FeedbackCase):
    def test_figures_leave_out_what_does_not_count(self):
        for score in (5, 2):
            self._rating(score)
        self._rating(1).with_user(self.manager).action_exclude("Spam")
        service = self.service.with_user(self.manager)
        self.assertEqual((service.feedback_rating_count, service.feedback_rating_average), (2, 3.5))

    def test_figures_are_those_one_may_see(self):
        self._rating(2)
        self.assertEqual(self.service.with_user(self.head_user).feedback_rating_count, 1)
        self.assertEqual(self.service.with_user(self.clerk_user).feedback_rating_count, 0)

    def test_public_page_of_a_code_with_signs(self):
        service = self._service("T/1 ї?", self.unit)
        self.assertTrue(service.action_open_feedback_page()["url"].endswith("/feedback/T%2F1%20%D1%97%3F"))

    def test_ratings_button(self):
        rating = self._rating(2)
        action = self.service.action_view_ratings()
        self.assertIn(rating.with_env(self.env), self.env[action["res_model"]].sudo().search(action["domain"]))
