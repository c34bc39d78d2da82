from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestReview(DocumentCase):
    def test_no_change_is_recorded(self):
        with freeze_time("2026-01-12 09:00:00"):
            document = self._document(review_months=12)
            self._effective(self._version(document))
            self.assertEqual(str(document.date_review), "2027-01-12")
            self.env["qms.document.version"]._cron_effective()
            self.assertFalse(self._calls(self.head_user, document))
        with freeze_time("2026-12-20 09:00:00"):
            self.env["qms.document.version"]._cron_effective()
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual(len(self._calls(self.head_user, document)), 1)
            self.assertTrue(document.is_review_due)
            self.assertFalse(document.with_user(self.clerk_user).may_review)
            self.assertTrue(document.with_user(self.head_user).may_review)
            with self.assertRaises(AccessError):
                document.with_user(self.clerk_user).action_reviewed("All is well")
            document.with_user(self.head_user).action_reviewed("Looked at each paragraph")
            self.assertEqual((document.review_ids.result, str(document.date_review)), ("no_change", "2027-12-20"))
            self.assertEqual(document.review_ids.user_id, self.head_user)
            self.assertFalse(self._calls(self.head_user, document) or document.is_review_due)

    def test_a_change_opens_the_next_version(self):
        document = self._document()
        self._effective(self._version(document))
        document.with_user(self.coordinator).action_review_change("The room is another one")
        draft = document._open_version()
        self.assertEqual((draft.state, draft.reason), ("draft", "The room is another one"))

    def test_results_stay(self):
        document = self._document()
        with self.assertRaises(UserError):
            document.with_user(self.coordinator).action_reviewed("x")
        version = self._effective(self._version(document))
        document.with_user(self.coordinator).action_reviewed("Still right")
        review = document.review_ids
        for change in (
            lambda: review.write({"result": "change"}),
            lambda: review.unlink(),
            lambda: review.with_user(self.commissioner).create(
                {"document_id": document.id, "version_id": version.id, "result": "no_change"}
            ),
        ):
            with self.assertRaises(AccessError):
                change()
