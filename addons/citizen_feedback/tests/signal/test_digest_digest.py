from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestDigestDigest(FeedbackCase):
    def test_weekly_mail_counts_signals_and_appeals_of_the_authority(self):
        self.company.feedback_legal_profile_id = self.env.ref("citizen_feedback.legal_profile_ua")
        kind = self.env.ref("citizen_feedback.appeal_kind_ua_complaint")
        now = fields.Datetime.now()
        appeals = self.env["feedback.appeal"].with_user(self.operator)
        for days in (1, 30):
            appeals.create({"kind_id": kind.id, "text": "A hole", "date_received": now - timedelta(days=days)})
        self._signal()
        digest = self.env["digest.digest"].search([("qms_weekly", "=", True), ("company_id", "=", self.company.id)])
        digest.sudo()._tell_feedback()
        self.assertTrue(digest.kpi_qms_feedback_signal and digest.kpi_qms_feedback_appeal)
        week = digest.with_context(start_datetime=now - timedelta(days=7), end_datetime=now + timedelta(days=1))
        self.assertEqual((week.kpi_qms_feedback_signal_value, week.kpi_qms_feedback_appeal_value), (1, 1))
