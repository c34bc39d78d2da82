from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackConsent(FeedbackCase):
    def _consent(self, **vals):
        return (
            self.env["feedback.consent"]
            .with_user(self.manager)
            .create({"purpose": "appeal", "text": "I agree.", "company_id": self.company.id, **vals})
        )

    def _words(self, company=None):
        return self.env["feedback.consent"]._current_words(company or self.company, "appeal")[1]

    def test_the_shipped_text_holds_until_there_is_an_own_one(self):
        shipped = self.env.ref("citizen_feedback.consent_appeal").text
        self.assertEqual(self._words(), shipped)
        consent = self._consent()
        self.assertEqual(self._words(), shipped, "A draft holds for nobody.")
        consent.action_publish()
        self.assertEqual(self._words(), "I agree.")
        self.assertEqual(self._words(self.other_company), shipped)

    def test_a_new_version_replaces_the_old_one_and_keeps_it(self):
        old, new = self._consent(), self._consent(text="I agree to more.")
        old.action_publish()
        new.action_publish()
        self.assertEqual((old.state, new.state), ("replaced", "published"))
        self.assertEqual(old.text, "I agree.")
        self.assertEqual(self._words(), "I agree to more.")

    def test_published_words_are_frozen(self):
        consent = self._consent()
        consent.action_publish()
        for step in (
            lambda: consent.write({"text": "I agree to everything."}),
            lambda: consent.update_field_translations("text", {"en_US": "Else"}),
            lambda: consent.unlink(),
            lambda: self._consent(state="published"),
            lambda: consent.write({"state": "draft"}),
        ):
            with self.assertRaises(UserError):
                step()
        self.assertEqual(consent.text, "I agree.")

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self._consent().with_user(self.operator).action_publish()
        with self.assertRaises(AccessError):
            self._consent().with_user(self.operator).text = "Mine"
        with self.assertRaises(AccessError):
            self._consent(company_id=False)
        with self.assertRaises(AccessError):
            self._consent(company_id=self.other_company.id)

    def test_without_words(self):
        with self.assertRaises(ValidationError):
            self._consent(text="  ")
