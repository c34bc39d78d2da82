from odoo.exceptions import AccessError, UserError

from ..common import QmsCase


class TestQmsNonconformity(QmsCase):
    def _planned(self):
        record = self._nonconformity()
        record.with_user(self.head_user).action_confirm()
        record.with_user(self.head_user).write({"cause": "The form prints elsewhere."})
        action = (
            self.env["qms.action"]
            .with_user(self.head_user)
            .create(
                {
                    "name": "Print it with the application",
                    "nonconformity_id": record.id,
                    "responsible_id": self.clerk.id,
                    "date_deadline": record.date_deadline,
                }
            )
        )
        return record, action

    def _done(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        action.with_user(self.clerk_user).write({"evidence": "Printed since Monday"})
        action.with_user(self.clerk_user).action_done()
        return record, action

    def test_reported_by_anybody_answered_by_the_head(self):
        record = self._nonconformity(user=self.stranger)
        self.assertEqual(record.responsible_id, self.head)
        self.assertEqual(record.reporter_id, self.stranger)
        self.assertTrue(record.date_deadline)
        activity = self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.assertEqual(activity.user_id, self.head_user)

    def test_whole_life(self):
        self.company.qms_check_days = 0
        record, action = self._done()
        self.assertEqual((record.state, action.state), ("work", "done"))
        action.with_user(self.users["quality_officer"]).action_check()
        record.with_user(self.head_user).action_verify_effect()
        checker = record.with_user(self.users["quality_officer"])
        checker.effect = "No second visit for a month"
        checker.action_close()
        self.assertEqual((record.state, action.state), ("closed", "closed"))
        self.assertEqual(record.checker_id, self.users["quality_officer"])
        self.assertFalse(
            self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        )

    def test_gates_in_their_order(self):
        record = self._nonconformity()
        head = record.with_user(self.head_user)
        with self.assertRaises(UserError):
            head.action_start()
        head.action_confirm()
        with self.assertRaisesRegex(UserError, "cause"):
            head.action_start()
        head.cause = "Known"
        with self.assertRaisesRegex(UserError, "action"):
            head.action_start()
        with self.assertRaises(UserError):
            head.action_verify_effect()

    def test_unfinished_work_is_not_checked(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        with self.assertRaisesRegex(UserError, action.number):
            record.with_user(self.head_user).action_verify_effect()

    def test_action_needs_person_and_day_before_work(self):
        record, action = self._planned()
        action.with_user(self.head_user).write({"responsible_id": False})
        with self.assertRaises(UserError):
            record.with_user(self.head_user).action_start()

    def test_plain_employee_moves_nothing(self):
        record = self._nonconformity()
        reporter = record.with_user(self.clerk_user)
        for step in ("action_confirm", "action_start", "action_verify_effect"):
            with self.assertRaises(UserError):
                getattr(reporter, step)()
        with self.assertRaises(AccessError):
            reporter.action_reject("Mine")
        with self.assertRaises(AccessError):
            reporter.write({"responsible_id": self.clerk.id})
        with self.assertRaises(UserError):
            reporter.write({"state": "closed"})
        with self.assertRaises(AccessError):
            reporter.unlink()

    def test_who_stands_in_answers(self):
        record = self._nonconformity()
        acting = record.with_user(self.stranger)
        self.assertFalse(acting.has_access("read"))
        self.env["qms.role.holder"].create(
            {
                "role_id": self._role("R-X", kind="position").id,
                "employee_id": self._employee(self.stranger, department_id=False).id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "date_from": self.company._qms_today(),
            }
        )
        self.env.invalidate_all()
        acting.action_confirm()
        acting.cause = "The form prints elsewhere."
        action = acting.env["qms.action"].create(
            {
                "name": "Print it with the application",
                "nonconformity_id": record.id,
                "responsible_id": self.clerk.id,
                "date_deadline": record.date_deadline,
            }
        )
        acting.action_start()
        self.assertEqual((record.state, action.state), ("work", "open"))

    def test_reporter_does_not_choose_who_answers(self):
        record = self._nonconformity(responsible_id=self.clerk.id, date_deadline="2099-01-01", cause="me")
        self.assertEqual(record.responsible_id, self.head)
        self.assertNotEqual(str(record.date_deadline), "2099-01-01")
        self.assertFalse(record.cause)

    def test_context_does_not_choose_who_answers(self):
        reports = self.env["qms.nonconformity"].with_user(self.clerk_user)
        record = reports.with_context(default_responsible_id=self.clerk.id, default_cause="me").create({"name": "x"})
        self.assertFalse(record.responsible_id)
        self.assertFalse(record.cause)

    def test_who_did_and_checked_is_not_typed_in(self):
        record, action = self._done()
        officer = self.users["quality_officer"]
        with self.assertRaises(UserError):
            action.with_user(officer).write({"done_by_id": self.stranger.id})
        for field, value in (("checker_id", officer.id), ("date_closed", "2026-01-01"), ("round_count", 7)):
            with self.assertRaises(UserError):
                record.with_user(officer).write({field: value})
        named = self.env["qms.action"].with_user(officer).with_context(default_done_by_id=self.stranger.id)
        self.assertFalse(named.create({"name": "x", "company_id": self.company.id}).done_by_id)

    def test_who_worked_does_not_check(self):
        record, action = self._done()
        for user in (self.clerk_user, self.head_user):
            with self.assertRaises(AccessError):
                action.with_user(user).action_check()
        record.with_user(self.head_user).action_verify_effect()
        record.sudo().effect = "Seen"
        with self.assertRaises(AccessError):
            record.with_user(self.head_user).action_close()
        # The officer who did the work is no independent checker either.
        second, own = self._planned()
        own.with_user(self.head_user).write({"responsible_id": self.officer.id})
        second.with_user(self.head_user).action_start()
        own.with_user(self.users["quality_officer"]).write({"evidence": "Done"})
        own.with_user(self.users["quality_officer"]).action_done()
        with self.assertRaises(AccessError):
            own.with_user(self.users["quality_officer"]).action_check()

    def test_closing_needs_the_effect(self):
        record, _action = self._done()
        record.with_user(self.head_user).action_verify_effect()
        with self.assertRaisesRegex(UserError, "effect"):
            record.with_user(self.users["commissioner"]).action_close()

    def test_no_effect_means_a_new_round(self):
        record, _action = self._done()
        record.with_user(self.head_user).action_verify_effect()
        record.with_user(self.users["auditor"]).action_reopen("It happened again on Friday.")
        self.assertEqual((record.state, record.round_count), ("analysis", 2))

    def test_closed_is_closed(self):
        record = self._nonconformity()
        record.with_user(self.head_user).action_reject("No requirement says so.")
        for user in (self.head_user, self.users["commissioner"]):
            with self.assertRaises(UserError):
                record.with_user(user).write({"name": "x"})
            with self.assertRaises(UserError):
                record.with_user(user).with_context(_force_unlink=True).unlink()

    def test_executor_does_not_move_his_deadline(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        with self.assertRaises(AccessError):
            action.with_user(self.clerk_user).write({"date_deadline": "2099-01-01"})
        with self.assertRaises(AccessError):
            action.with_user(self.clerk_user).write({"responsible_id": self.head.id})

    def test_done_needs_evidence_and_the_right_person(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        with self.assertRaises(UserError):
            action.with_user(self.clerk_user).action_done()
        with self.assertRaises(AccessError):
            action.with_user(self.users["quality_officer"]).action_done()

    def test_strangers_and_other_authorities_see_nothing(self):
        record, action = self._planned()
        for hidden in (record, action):
            with self.assertRaises(AccessError):
                hidden.with_user(self.stranger).read(["name"])
            with self.assertRaises(AccessError):
                self._abroad(hidden._name).browse(hidden.id).read(["name"])
