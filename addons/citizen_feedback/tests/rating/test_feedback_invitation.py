from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackInvitation(FeedbackCase):
    def _invitation(self, **vals):
        return (
            self.env["feedback.invitation"]
            .with_user(self.operator)
            .create({"service_id": self.service.id, "lang": "en_US", **vals})
        )

    def _case(self, result):
        today = self.company._qms_today()
        finished = {"date_done": today, "result": result} if result else {}
        cases = self.env["feedback.case"].with_user(self.operator)
        return cases.create({"number": "7", "service_id": self.service.id, "date_asked": today, **finished})

    def _mails(self):
        return self.env["mail.mail"].sudo().search([("email_to", "=", "citizen@example.com")])

    def test_the_mail_is_queued_and_the_address_forgotten(self):
        invitation = self._invitation(email="citizen@example.com")
        url = invitation.url
        invitation.action_send()
        self.assertEqual(len(self._mails()), 1)
        self.assertEqual(self._mails().state, "outgoing")
        self.assertTrue(self._mails().auto_delete)
        self.assertIn(url, self._mails().body_html)
        self.assertEqual((invitation.email, invitation.is_mailed), (False, True))

    def test_who_was_refused_is_invited_too_and_the_rating_stays_anonymous(self):
        case = self._case("refused").sudo()
        invitation = self.env["feedback.invitation"].sudo()._invite(case, self.service, email="citizen@example.com")
        self.assertEqual(len(self._mails()), 1)
        self.assertEqual(case.feedback_invitation_ids, invitation)
        found = self.env["feedback.invitation"]._by_token(self.company, invitation.token)
        found._use()
        rating = self.env["feedback.rating"]._intake(self.service, {"score": 4, **found._rating_vals()})
        # Nothing that is stored leads from the one to the other, the second of use included.
        self.assertFalse({"create_date", "write_date", "date_used"} & set(invitation._fields))
        self.assertNotIn(invitation.id, [rating[name].id for name in ("channel_id", "point_id", "signal_id")])
        self.assertEqual((invitation.state, invitation.token), ("used", False))

    def test_a_finished_case_gives_one_link(self):
        case = self._case("granted")
        found = [self.env["feedback.invitation"].browse(case.action_invite()["res_id"]) for _press in range(2)]
        self.assertEqual(found[0], found[1])
        found[0].sudo()._use()
        with self.assertRaises(UserError):
            case.action_invite()

    def test_an_open_case_gives_none(self):
        with self.assertRaises(UserError):
            self._case(False).action_invite()

    def test_the_code_at_the_window(self):
        invitation = self._invitation()
        self.assertTrue(invitation.qr)
        with self.assertRaises(UserError):
            invitation.action_send()

    def test_a_link_ends(self):
        invitation = self._invitation(email="citizen@example.com")
        token = invitation.token
        invitations = self.env["feedback.invitation"]
        after = invitation.date_end + timedelta(days=1)
        invitations._cron_expire()
        self.assertTrue(invitations._by_token(self.company, token))
        with patch.object(type(self.company), "_qms_today", lambda company: after):
            self.assertFalse(invitations._by_token(self.company, token))
            invitations._cron_expire()
        self.assertEqual((invitation.state, invitation.token, invitation.email), ("expired", False, False))

    def test_bad_input(self):
        with self.assertRaises(ValidationError):
            self._invitation(email="not an address")
        with self.assertRaises(ValidationError):
            self._invitation(date_end=self.company._qms_today() - timedelta(days=1))
        invitation = self._invitation(token="guess-me")
        self.assertNotEqual(invitation.token, "guess-me")
        for vals in ({"token": "guess-me"}, {"state": "used"}, {"is_mailed": True}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                invitation.write(vals)

    def test_links_are_seen_by_staff_of_the_authority_only(self):
        invitation = self._invitation()
        with self.assertRaises(AccessError):
            invitation.with_user(self.head_user).read(["service_id"])
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        self.assertFalse(self._abroad("feedback.invitation").search([("id", "=", invitation.id)]))
        self.assertFalse(self.env["feedback.invitation"]._by_token(self.other_company, invitation.token))
