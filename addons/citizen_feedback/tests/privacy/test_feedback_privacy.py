from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import PrivacyCase


@tagged("post_install", "-at_install")
class TestFeedbackPrivacy(PrivacyCase):
    def setUp(self):
        super().setUp()
        self.company.write(
            {"feedback_retention_active": True, "feedback_rating_months": 12, "feedback_appeal_months": 60}
        )
        with freeze_time("2019-03-01 09:00:00"):
            self.old = self._appeal()
            self.old_rating = self._contacted()
        with freeze_time("2019-03-01 09:00:00"):
            self.waiting = self._appeal(closed=False)
        self.new = self._appeal()
        self.new_rating = self._contacted()

    def _run(self):
        with patch.object(IrCron, "_commit_progress", return_value=60.0):
            self.env["feedback.privacy"]._cron_retention()

    def test_what_is_over_is_removed_and_counts_as_before(self):
        kind, received, files = self.old.kind_id, self.old.date_received, self.old.attachment_ids
        self.old.message_post(
            body="Called Mrs Koval", message_type="comment", attachments=[("koval.txt", b"Spoke with Mrs Koval")]
        )
        files |= self.old.message_ids.attachment_ids
        self.assertEqual(len(files), 2)
        self._run()
        self._assert_forgotten(self.old)
        self.assertFalse(files.exists())
        self.assertEqual((self.old.kind_id, self.old.date_received, self.old.state), (kind, received, "withdrawn"))
        self.assertFalse(self.old_rating.contact)
        self.assertEqual((self.old_rating.score, self.old_rating.comment), (4, "Fine"))

    def test_scans_of_packs_go_with_the_contacts(self):
        with freeze_time("2019-03-01 09:00:00"):
            old, waiting = self._pack(date="2019-02-28"), self._pack(date="2019-02-28")
            old.action_close()
        new = self._pack()
        new.action_close()
        self._run()
        self.assertFalse(old.scan or old.scan_name)
        self.assertEqual(
            (old.state, old.rating_ids.score, old.date_anonymised), ("closed", 4, self.company._qms_today())
        )
        self.assertFalse(old.rating_ids.sudo().contact)
        self.assertTrue(new.scan)
        self.assertTrue(waiting.scan, "it is still to be keyed in")
        self.assertFalse(waiting.line_ids.contact)

    def test_what_is_needed_stays(self):
        self._run()
        for appeal in (self.waiting, self.new):
            self.assertEqual(appeal.author_name, "Olena Koval")
            self.assertTrue(appeal.attachment_ids)
        self.assertEqual(self.new_rating.contact, "olena@example.org")

    def test_zero_months_keep_for_ever(self):
        self.company.write({"feedback_rating_months": 0, "feedback_appeal_months": 0})
        self._run()
        self.assertEqual(self.old.author_name, "Olena Koval")
        self.assertTrue(self.old_rating.contact)

    def test_a_second_run_does_nothing(self):
        self._run()
        self._run()
        self.assertEqual(self._log().mapped("kind"), ["retention"] * 2, "one of appeals, one of ratings")

    def test_the_log_tells_how_much_and_never_whose(self):
        self._run()
        log = self._log()
        self.assertEqual(set(log.mapped("details")), {"Appeal: 1", "Rating: 1"})
        self.assertEqual(log.mapped("record_count"), [1, 1])
        for secret in ("Koval", "olena", "067"):
            self.assertNotIn(secret, str(log.read()))
        for step in (lambda: log.write({"details": "Nothing"}), lambda: log.unlink()):
            with self.assertRaises(AccessError):
                step()

    def test_until_it_is_switched_on_it_is_only_told(self):
        self.company.feedback_retention_active = False
        self._run()
        self._run()
        self.assertEqual(self.old.author_name, "Olena Koval")
        log = self._log()
        self.assertEqual((log.kind, log.record_count), ("preview", 2))
        told = self.env["mail.message"].sudo().search([("notified_partner_ids", "in", self.manager.partner_id.ids)])
        self.assertIn("Nothing was removed", str(told.mapped("body")))

    def test_appeals_that_were_answered_and_never_closed(self):
        with freeze_time("2019-03-01 09:00:00"):
            appeal = self._appeal(closed=False)
            appeal._transition({"state": "answered", "date_answered": fields.Date.today()})
        self._run()
        self._assert_forgotten(appeal)

    def test_another_authority_keeps_its_own(self):
        with freeze_time("2019-03-01 09:00:00"):
            foreign = self._appeal(self.other_company)
        self._run()
        self.assertEqual(foreign.author_name, "Olena Koval")
