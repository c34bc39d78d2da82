import re

from ..http_common import FeedbackHttpCase

PDF = ("letter.pdf", b"%PDF-1.7 letter", "application/pdf")


class AppealHttpCase(FeedbackHttpCase):
    """An authority by the law of Ukraine; helpers to send an appeal and to follow it as a citizen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.feedback_legal_profile_id = cls.env.ref("citizen_feedback.legal_profile_ua")
        cls.company.write(
            dict.fromkeys(
                ("feedback_appeal_address_limit", "feedback_follow_address_limit", "feedback_appeal_hour_limit"), 10_000
            )
        )
        cls.company.feedback_follow_hour_limit = 10_000

    def _send(self, files=(), headers=None, **data):
        """Post the form of an appeal; the barrier is passed."""
        data = {"kind": "complaint", "text": "The lift is broken.", **data}
        sent = [("files", file) for file in files] or None
        return self._post("/appeals/new?lang=en", data, headers, purpose="appeal", files=sent)

    def _sent(self, **data):
        """Send an appeal; return it and its code."""
        response = self._send(**data)
        self.assertEqual(response.status_code, 200, response.text)
        code = re.search(r'id="code">([0-9A-Z-]+)<', response.text).group(1)
        return self._appeals()[:1], code

    def _follow(self, step="", files=(), headers=None, **data):
        self.opener.cookies.clear()
        sent = [("files", file) for file in files] or None
        return self.opener.post(
            f"{self.base_url()}/appeals/follow{step}?lang=en",
            data=data,
            files=sent,
            headers=headers or {},
            allow_redirects=False,
            timeout=30,
        )

    def _appeals(self):
        return self.env["feedback.appeal"].sudo().search([("company_id", "=", self.company.id)], order="id desc")

    def _answer(self, appeal, text="It is repaired."):
        """Let the office answer: registered, assigned to the head, written by him, approved by the manager."""
        office = appeal.with_user(self.operator)
        office.action_register()
        appeal.with_user(self.manager).write({"department_id": self.unit.id})
        appeal.with_user(self.manager).action_assign()
        appeal.with_user(self.head_user).answer = text
        appeal.with_user(self.head_user).action_submit_answer()
        appeal.with_user(self.manager).action_approve()
