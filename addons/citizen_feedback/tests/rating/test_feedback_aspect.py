from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackAspect(FeedbackCase):
    def test_managers_word_the_aspects_of_their_authority(self):
        aspects = self.env["feedback.aspect"].with_user(self.manager)
        own = aspects.create(
            {"name": "Queue", "question": "Did you wait long?", "column": "waiting", "company_id": self.company.id}
        )
        own.service_ids = self.service
        self.assertEqual(aspects._asked(self.service), (("waiting", "Did you wait long?"),))
        own.service_ids = False
        own.is_default = False
        self.assertEqual(len(aspects._asked(self.service)), 8)

    def test_nobody_words_those_of_others(self):
        shared = self.env.ref("citizen_feedback.aspect_waiting")
        foreign = self.env["feedback.aspect"].create(
            {"name": "X", "question": "X?", "column": "ease", "company_id": self.other_company.id}
        )
        for aspect in (shared, foreign):
            with self.assertRaises(AccessError):
                aspect.with_user(self.manager).question = "Mine?"
        for user in (self.operator, self.head_user):
            with self.assertRaises(AccessError):
                self.env["feedback.aspect"].with_user(user).create(
                    {"name": "X", "question": "X?", "column": "ease", "company_id": self.company.id}
                )
        self.assertNotIn("X?", dict(self.env["feedback.aspect"]._asked(self.service)).values())

    def test_one_question_a_column(self):
        for number in (1, 2):
            self.env["feedback.aspect"].create(
                {
                    "name": f"W{number}",
                    "question": f"W{number}?",
                    "column": "waiting",
                    "sequence": number,
                    "company_id": self.company.id,
                }
            )
        self.assertEqual(self.env["feedback.aspect"]._asked(self.service), (("waiting", "W1?"),))
