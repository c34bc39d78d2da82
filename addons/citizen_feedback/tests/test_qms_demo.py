from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.qms_core.models.kernel.qms_demo import QmsDemo

from .common import FeedbackCase


@tagged("post_install", "-at_install")
class TestQmsDemo(FeedbackCase):
    def _play(self):
        people = {"feedback_operator": self.operator, "feedback_manager": self.manager, "head": self.head_user}
        with patch.object(QmsDemo, "_user", lambda demo, login: people[login]):
            self.env["qms.demo"]._play_feedback()

    def test_four_months_of_ratings_and_their_answers(self):
        self._play()
        ratings = self.env["feedback.rating"].search([("company_id", "=", self.company.id)])
        signals = self.env["feedback.signal"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(ratings), 120)
        self.assertEqual(ratings.filtered("is_low"), signals.feedback_rating_ids)
        self.assertEqual(set(signals.mapped("state")), {"new", "confirmed", "dismissed"})
        self.assertEqual(
            signals.filtered(lambda signal: signal.state == "confirmed"),
            signals.filtered("nonconformity_ids"),
        )
        self.assertIn(self.operator, ratings.create_uid)
