from odoo.exceptions import AccessError

from .common import NonconformityCase


class TestConfidentialKind(NonconformityCase):
    def _secret(self, **vals):
        return self._nonconformity(name="A gift from an applicant", kind="corruption", **vals)

    def test_the_head_is_not_told_by_himself(self):
        record = self._secret()
        self.assertFalse(record.responsible_id)
        called = self._activities(record).user_id
        self.assertEqual(called, self.users["coordinator"] | self.users["commissioner"])

    def test_who_reads_it(self):
        record = self._secret()
        for user in (self.clerk_user, self.users["coordinator"], self.users["commissioner"]):
            self.assertEqual(record.with_user(user).name, "A gift from an applicant")
        hidden = ("quality_officer", "auditor", "top_management", "execution_control")
        for user in (self.head_user, self.stranger, *(self.users[group] for group in hidden)):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["name"])
        record.with_user(self.users["coordinator"]).responsible_id = self.officer
        self.assertEqual(record.with_user(self.users["quality_officer"]).name, "A gift from an applicant")

    def test_lines_and_actions_keep_the_secret(self):
        record = self._secret()
        coordinator = self.users["coordinator"]
        record.with_user(coordinator).action_confirm()
        cause = (
            self.env["qms.nonconformity.cause"]
            .with_user(coordinator)
            .create({"name": "Nobody sees the desk", "nonconformity_id": record.id})
        )
        action = (
            self.env["qms.action"]
            .with_user(coordinator)
            .create({"name": "Turn the desk", "nonconformity_id": record.id, "responsible_id": self.officer.id})
        )
        for user in (self.head_user, self.users["auditor"], self.users["top_management"]):
            for hidden in (cause, action):
                with self.assertRaises(AccessError):
                    hidden.with_user(user).read(["name"])
        # Who carries an action out reads it, and of the nonconformity its number only.
        seen = action.with_user(self.users["quality_officer"])
        self.assertEqual(seen.name, "Turn the desk")
        self.assertEqual(seen.read(["nonconformity_id"])[0]["nonconformity_id"][1], record.number)

    def test_actions_without_nonconformity_stay_visible(self):
        action = self.env["qms.action"].create({"name": "x", "company_id": self.company.id})
        for group in ("quality_officer", "auditor", "top_management"):
            self.assertEqual(action.with_user(self.users[group]).name, "x")

    def test_security_is_an_ordinary_kind(self):
        record = self._nonconformity(kind="security")
        self.assertEqual(record.responsible_id, self.head)
        self.assertTrue(record.with_user(self.users["auditor"]).name)
