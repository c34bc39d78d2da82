import base64

from ..common import FeedbackCase


class PrivacyCase(FeedbackCase):
    """Two feedback managers; a citizen who has sent appeals and a rating with a contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_manager = cls._user("second_manager", "citizen_feedback.group_feedback_manager")
        cls.company.feedback_legal_profile_id = cls.env.ref("citizen_feedback.legal_profile_ua")
        cls.other_company.feedback_legal_profile_id = cls.env.ref("citizen_feedback.legal_profile_ua")

    @classmethod
    def _appeal(cls, company=None, closed=True, **vals):
        company = company or cls.company
        kind = cls.env.ref("citizen_feedback.appeal_kind_ua_complaint")
        values = {
            "kind_id": kind.id,
            "channel": "web",
            "text": "Olena Koval says: the lift is broken.",
            "author_name": "Olena Koval",
            "author_contact": "olena@example.org",
            "author_address": "Garden street 1",
            "files": [("letter.pdf", b"%PDF-1.7")],
            "consent": True,
            **vals,
        }
        appeal, _code = cls.env["feedback.appeal"]._intake(company, values)
        appeal._add_message("My number is 067 123 45 67", [("photo.png", b"\x89PNG\r\n\x1a\n")])
        if closed:
            appeal._transition({"state": "withdrawn", "date_closed": company._qms_today(), "refusal_reason": "Koval"})
        return appeal.with_env(cls.env).sudo()

    @classmethod
    def _contacted(cls, score=4, **vals):
        rating = cls.env["feedback.rating"]._intake(
            cls.service, {"score": score, "channel": "web", "contact": "olena@example.org", "comment": "Fine", **vals}
        )
        return rating.with_env(cls.env).sudo()

    def _pack(self, **vals):
        """Return a pack of one form with a contact, and its scan."""
        pack = (
            self.env["feedback.batch"]
            .with_user(self.operator)
            .create(
                {
                    "service_id": self.service.id,
                    "count_written": 1,
                    "scan": base64.b64encode(b"%PDF-1.7 scan"),
                    "scan_name": "pack.pdf",
                    **vals,
                }
            )
        )
        form = {"position": 1, "marks": {"score": "4"}, "comment": "Fine", "contact": "olena@example.org"}
        pack.save_rows([form])
        return pack

    def _request(self, kind="erasure", contact="Olena@Example.org", user=None):
        return (
            self.env["feedback.privacy.request"]
            .with_user(user or self.manager)
            .create({"kind": kind, "contact": contact, "identity_check": "Passport shown at the counter."})
        )

    def _log(self):
        return self.env["feedback.privacy.log"].sudo().search([("company_id", "=", self.company.id)])

    def _assert_forgotten(self, appeal):
        appeal.invalidate_recordset()
        for name in ("author_name", "author_contact", "author_address", "organisation", "author_key", "receipt_hash"):
            self.assertFalse(appeal[name], name)
        self.assertEqual(appeal.text, "–")
        self.assertFalse(appeal.refusal_reason)
        self.assertFalse(appeal.attachment_ids)
        self.assertEqual(appeal.message_line_ids.mapped("body"), ["–"] * len(appeal.message_line_ids))
        self.assertFalse(appeal.message_line_ids.attachment_ids)
        self.assertNotIn("Koval", str(appeal.message_ids.mapped("body")))
        self.assertTrue(appeal.date_anonymised)
