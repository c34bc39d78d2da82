from odoo import models
from odoo.exceptions import AccessError, UserError

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

    def test_it_is_left_to_nobody_s_stand_in(self):
        record = self._secret()
        coordinator = self.users["coordinator"]
        record.with_user(coordinator).responsible_id = self.head
        record.with_user(coordinator).action_confirm()
        action = self._action(record, responsible=self.clerk)
        cause = (
            self.env["qms.nonconformity.cause"]
            .with_user(self.head_user)
            .create({"name": "Nobody sees the desk", "nonconformity_id": record.id})
        )
        for person in (self.head, self.clerk):
            row = self._stand_in(self.stranger, person)
            self.env.invalidate_all()
            for hidden in (record, action, cause):
                self.assertFalse(hidden.with_user(self.stranger).has_access("read"), (person.name, hidden))
            row.unlink()
        for hidden in (record, action, cause):
            self.assertTrue(hidden.with_user(self.head_user).has_access("read"))

    def test_officer_who_reports_it_does_not_answer_for_it(self):
        record = self._secret(user=self.users["quality_officer"])
        with self.assertRaises(AccessError):
            record.with_user(self.users["quality_officer"]).action_confirm()

    def _lists(self, *records):
        """Return who is called to records, and who follows them."""
        called = self.env["res.users"].union(*(self._activities(record).user_id for record in records))
        return called, self.env["res.partner"].union(*(record.sudo().message_partner_ids for record in records))

    def test_said_later_it_leaves_all_who_knew_it(self):
        record = self._nonconformity(name="A gift from an applicant")
        record.with_user(self.head_user).action_confirm()
        action = self._action(record, responsible=self.clerk)
        chief = self._user("boss")
        for known in (record, action):
            known._call_to_act(chief | self.users["auditor"], record.date_deadline, "Late")
        record.with_user(self.users["commissioner"]).kind = "corruption"
        called, following = self._lists(record, action)
        chiefs = self.users["coordinator"] | self.users["commissioner"]
        self.assertFalse(record.responsible_id, "The head may be the one it speaks of.")
        self.assertEqual(called, chiefs)
        self.assertFalse(following - (chiefs | self.clerk_user).partner_id)
        for call in self._activities(record):
            self.assertNotIn("gift", call.res_name)
        for user in (self.head_user, chief, self.users["auditor"], self.users["quality_officer"]):
            self.assertFalse(record.with_user(user).has_access("read"), user.login)

    def test_said_later_with_who_answers(self):
        record = self._nonconformity()
        record.with_user(self.users["coordinator"]).write({"kind": "corruption", "responsible_id": self.officer.id})
        called, _following = self._lists(record)
        self.assertEqual(record.responsible_id, self.officer)
        self.assertEqual(called, self.users["quality_officer"])

    def test_said_later_by_who_answers(self):
        """He knows of it as he says so himself; who goes on with it is for the coordinator to say."""
        record = self._nonconformity()
        record.with_user(self.head_user).kind = "corruption"
        self.assertEqual(record.responsible_id, self.head)
        called, _following = self._lists(record)
        self.assertEqual(called, self.head_user | self.users["coordinator"] | self.users["commissioner"])

    def test_said_later_by_its_reporter(self):
        record = self._nonconformity()
        record.with_user(self.clerk_user).kind = "corruption"
        self.assertFalse(record.responsible_id)
        self.assertFalse(record.with_user(self.head_user).has_access("read"))

    def test_the_form_tells_who_could_not_read_it_after(self):
        record = self._nonconformity()
        officer = self.users["quality_officer"]
        self._stand_in(self.stranger)
        for user in (officer, self.stranger):
            with self.assertRaisesRegex(UserError, "It concerns corruption"):
                record.with_user(user).web_save({"kind": "corruption"}, {"name": {}})
        self.assertEqual(record.kind, "process")
        # Who names himself as the one who answers, and who reported it, go on reading it.
        answers = {"kind": "corruption", "responsible_id": self.officer.id}
        self.assertTrue(record.with_user(officer).web_save(answers, {"name": {}}))
        own = self._nonconformity()
        self.assertTrue(own.with_user(self.clerk_user).web_save({"kind": "corruption"}, {"name": {}}))

    def test_handed_over_the_form_is_left(self):
        self._stand_in(self.stranger)
        chiefs = self.users["coordinator"] | self.users["commissioner"]
        for user in (self.users["quality_officer"], self.stranger):
            record = self._nonconformity(name="A gift from an applicant")
            left = record.with_user(user).action_hand_over_corruption()
            self.assertEqual((record.kind, record.responsible_id.id), ("corruption", False))
            self.assertEqual(self._lists(record)[0], chiefs)
            self.assertFalse(record.with_user(user).has_access("read"))
            self.assertIn(record.number, left["params"]["title"])
            self.assertEqual(left["params"]["next"]["target"], "main")
            self.assertNotIn(record, self.env["qms.nonconformity"].with_user(user).search([]))

    def test_handed_over_by_who_still_reads_it_the_form_stays(self):
        record = self._nonconformity()
        self.assertIs(record.with_user(self.users["coordinator"]).action_hand_over_corruption(), True)
        with self.assertRaises(AccessError):
            self._nonconformity().with_user(self.users["auditor"]).action_hand_over_corruption()

    def test_said_during_the_check_others_check(self):
        record = self._in_verification()
        self.assertEqual(self._activities(record).user_id, self.users["quality_officer"])
        record.with_user(self.users["coordinator"]).kind = "corruption"
        self.assertEqual(self._activities(record).user_id, self.users["coordinator"])

    def test_lines_are_read_by_who_reads_the_nonconformity(self):
        """One test for four rules: who may read it may read its causes, remedies and rounds, and nobody else."""
        record = self._in_verification()
        record.with_user(self.users["auditor"]).action_reopen("Again")
        lines = [record.round_ids]
        for model, vals in (
            ("qms.nonconformity.cause", {"name": "Nobody owns the form"}),
            ("qms.nonconformity.remedy", {"description": "Handed over at home"}),
        ):
            lines.append(self.env[model].create({"nonconformity_id": record.id, **vals}))
        people = {name: self._user(name) for name in ("acting", "chief", "nobody")}
        self._stand_in(people["acting"])
        record._call_to_act(people["chief"], record.date_deadline, "Late")
        users = [self.clerk_user, self.head_user, *people.values(), *self.users.values()]
        readers = {}
        for kind in ("process", "corruption"):
            # Past `write`, which would end the calls: here only the rules are asked.
            models.Model.write(record.sudo(), {"kind": kind})
            self.env.invalidate_all()
            readers[kind] = {user for user in users if record.with_user(user).has_access("read")}
            for user in users:
                for line in lines:
                    self.assertEqual(
                        line.with_user(user).has_access("read"), user in readers[kind], (kind, user.login, line._name)
                    )
        self.assertLessEqual({people["acting"], people["chief"], self.clerk_user, self.head_user}, readers["process"])
        self.assertNotIn(people["nobody"], readers["process"])
        chiefs = {self.users["coordinator"], self.users["commissioner"]}
        self.assertEqual(readers["corruption"], {self.clerk_user, self.head_user} | chiefs)

    def test_actions_without_nonconformity_stay_visible(self):
        action = self.env["qms.action"].create({"name": "x", "company_id": self.company.id})
        for group in ("quality_officer", "auditor", "top_management"):
            self.assertEqual(action.with_user(self.users[group]).name, "x")

    def test_security_is_an_ordinary_kind(self):
        record = self._nonconformity(kind="security")
        self.assertEqual(record.responsible_id, self.head)
        self.assertTrue(record.with_user(self.users["auditor"]).name)
