from odoo.exceptions import UserError

from .common import NonconformityCase


class TestActionReturn(NonconformityCase):
    """Work is given back as long as its nonconformity has no verdict."""

    def _return(self, action, user):
        action.with_user(user).action_return("The form is not at the desk")

    def test_before_the_verdict_its_nonconformity_goes_on(self):
        record = self._in_verification()
        self._return(record.action_ids, self.users["auditor"])
        self.assertEqual((record.action_ids.state, record.state), ("open", "work"))
        self.assertEqual(self._activities(record.action_ids).user_id, self.clerk_user)

    def test_after_the_verdict_it_stays_done(self):
        record = self._in_verification()
        auditor = self.users["auditor"]
        record.with_user(auditor).effect = "No complaint in a month"
        record.with_user(auditor).action_close("Nothing else can show")
        for user in (auditor, self.users["coordinator"]):
            with self.assertRaisesRegex(UserError, f"{record.number} is closed already.*new nonconformity"):
                self._return(record.action_ids, user)
        self.assertEqual((record.action_ids.state, record.state), ("done", "closed"))
        self.assertFalse(self._activities(record.action_ids))

    def test_action_for_itself(self):
        action = self.env["qms.action"].create(
            {
                "name": "Paint the door",
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.company._qms_today(),
            }
        )
        action.action_start()
        self._do(action)
        self._return(action, self.users["auditor"])
        self.assertEqual(action.state, "open")
