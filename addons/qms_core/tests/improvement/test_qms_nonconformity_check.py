from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import NonconformityCase


class TestEffectivenessCheck(NonconformityCase):
    def test_it_waits_some_time_after_the_last_action(self):
        self.company.qms_check_days = 45
        record = self._in_verification()
        self.assertEqual(record.date_check, record.action_ids.date_done + timedelta(days=45))
        call = self._activities(record)
        self.assertEqual((call.user_id, call.date_deadline), (self.users["quality_officer"], record.date_check))

    def test_who_checks_is_called_whoever_answers(self):
        record = self._in_verification()
        calls = self._activities(record)
        record.with_user(self.users["coordinator"]).responsible_id = self.clerk
        self.assertEqual(self._activities(record), calls)

    def test_closing_earlier_needs_an_explanation(self):
        record = self._in_verification().with_user(self.users["quality_officer"])
        record.effect = "The step is gone from the process."
        dialog = record.action_close()
        self.assertEqual((dialog["res_model"], record.state), ("qms.reason.wizard", "verification"))
        wizard = self.env["qms.reason.wizard"].with_user(self.users["quality_officer"]).browse(dialog["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "It can't happen any more."
        wizard.action_confirm()
        self.assertEqual(record.state, "closed")
        self.assertEqual(record.round_ids.early_reason, "It can't happen any more.")

    def test_on_the_day_no_explanation_is_asked(self):
        self.company.qms_check_days = 0
        record = self._in_verification().with_user(self.users["auditor"])
        record.effect = "No second case for a month."
        record.action_close()
        self.assertEqual((record.state, record.round_ids.early_reason), ("closed", False))

    def test_plain_users_close_nothing(self):
        record = self._in_verification()
        record.sudo().effect = "Seen"
        for user in (self.clerk_user, self.stranger, self.users["top_management"]):
            with self.assertRaises(AccessError):
                record.with_user(user).action_close("Because")
            with self.assertRaises(AccessError):
                record.with_user(user).action_reopen("Because")
            with self.assertRaises(UserError):
                record.with_user(user).write({"state": "closed"})
        self.assertEqual(record.state, "verification")
        self.assertFalse(record.round_ids)

    def test_returned_action_takes_it_back_to_work(self):
        record = self._in_verification()
        record.action_ids.with_user(self.users["auditor"]).action_return("The form is still the old one.")
        self.assertEqual((record.state, record.date_check), ("work", False))
        self.assertEqual(self._activities(record).user_id, self.head_user)
        self._do(record.action_ids)
        record.with_user(self.head_user).action_verify_effect()
        self.assertEqual(record.state, "verification")

    def test_not_closed_while_an_action_is_open(self):
        self.company.qms_check_days = 0
        record = self._in_verification()
        added = self._action(record, "Train the deputy")
        checker = record.with_user(self.users["commissioner"])
        checker.effect = "No second case"
        with self.assertRaisesRegex(UserError, added.number):
            checker.action_close()
        added.with_user(self.users["coordinator"]).action_cancel("The deputy has left.")
        checker.action_close()
        self.assertEqual(record.state, "closed")

    def test_cause_is_not_emptied_while_actions_remove_it(self):
        record, action = self._planned()
        head = record.with_user(self.head_user)
        head.action_start()
        with self.assertRaisesRegex(UserError, "can't be emptied"):
            head.cause = " "
        head.cause = "The form prints elsewhere, from another program."
        self._do(action)
        head.action_verify_effect()
        with self.assertRaisesRegex(UserError, "can't be emptied"):
            head.cause = False

    def test_author_of_the_plan_does_not_check_it(self):
        officer = self.users["quality_officer"]
        record = self._confirmed()
        record.with_user(officer).cause = "The form prints elsewhere."
        action = self._action(record).with_user(officer)
        planned = action.copy({"name": "Planned by the officer", "responsible_id": self.clerk.id})
        planned.date_deadline = record.date_deadline
        record.with_user(officer).action_start()
        for done in record.action_ids:
            self._do(done)
        record.with_user(officer).action_verify_effect()
        for step in ("action_close", "action_reopen"):
            with self.assertRaisesRegex(AccessError, "another person"):
                getattr(record.with_user(officer), step)("Because")
        with self.assertRaises(AccessError):
            record.with_user(officer).effect = "Mine is effective"
        # Who may not check is not called to.
        self.assertEqual(self._activities(record).user_id, self.users["coordinator"])

    def test_ineffective_round_is_kept_and_the_next_starts_from_the_cause(self):
        record = self._in_verification()
        record.with_user(self.users["auditor"]).action_reopen("It happened again on Friday.")
        first = record.round_ids
        self.assertEqual((record.state, record.round_count), ("analysis", 2))
        self.assertEqual(first.verdict, "ineffective")
        self.assertEqual(first.cause, "The form prints elsewhere.")
        self.assertEqual(first.evidence, "It happened again on Friday.")
        self.assertEqual(first.checker_id, self.users["auditor"])
        self.assertIn(record.action_ids.number, first.plan)
        self.assertEqual(first.action_ids, record.action_ids)
        self.assertFalse(record.cause)
        self.assertEqual(self._activities(record).user_id, self.head_user)

    def test_second_round_needs_its_own_cause_and_plan(self):
        record = self._in_verification()
        record.with_user(self.users["auditor"]).action_reopen("Again")
        head = record.with_user(self.head_user)
        with self.assertRaisesRegex(UserError, "cause"):
            head.action_start()
        head.cause = "Nobody owns the form."
        with self.assertRaisesRegex(UserError, "at least one action"):
            head.action_start()
        self.company.qms_check_days = 0
        second = self._action(record, "Give the form an owner")
        head.action_start()
        self._do(second)
        head.action_verify_effect()
        checker = record.with_user(self.users["commissioner"])
        checker.effect = "Two months without a case."
        checker.action_close()
        self.assertEqual(record.round_ids.mapped("verdict"), ["ineffective", "effective"])
        self.assertEqual(record.round_ids[1].action_ids, second)
        self.assertEqual(record.round_ids[1].cause, "Nobody owns the form.")

    def test_rounds_are_kept_as_they_are(self):
        record = self._in_verification()
        record.with_user(self.users["auditor"]).action_reopen("Again")
        with self.assertRaises(UserError):
            record.round_ids.sudo().write({"verdict": "effective"})
        for user in (self.users["auditor"], self.users["commissioner"]):
            with self.assertRaises(UserError):
                record.round_ids.with_user(user).write({"verdict": "effective"})
            with self.assertRaises(UserError):
                record.round_ids.with_user(user).with_context(_force_unlink=True).unlink()
            with self.assertRaises(UserError):
                record.with_user(user).write({"round_ids": [(2, record.round_ids.id)]})
        with self.assertRaises(AccessError):
            record.round_ids.with_user(self.users["commissioner"]).create(
                {
                    "nonconformity_id": record.id,
                    "number": 9,
                    "cause": "x",
                    "plan": "x",
                    "verdict": "effective",
                    "checker_id": self.env.uid,
                    "date": "2026-01-01",
                    "evidence": "x",
                }
            )

    def test_deadlines_come_from_the_settings(self):
        today = self.company._qms_today()
        self.company.write({"qms_days_minor": 60, "qms_days_critical": 1})
        self.assertEqual(self._nonconformity().date_deadline, today + timedelta(days=60))
        self.assertEqual(self._nonconformity(severity="critical").date_deadline, today + timedelta(days=1))
        self.assertEqual(self._nonconformity(severity="major").date_deadline, today + timedelta(days=14))

    def test_what_nobody_answers_for_is_sorted_by_the_coordinator(self):
        record = self._nonconformity(department_id=False)
        self.assertEqual(self._activities(record).user_id, self.users["coordinator"])
        record.with_user(self.users["coordinator"]).responsible_id = self.head
        self.assertEqual(self._activities(record).user_id, self.head_user)

    def test_reporter_does_not_rewrite_what_is_being_analysed(self):
        record = self._nonconformity()
        record.with_user(self.clerk_user).name = "Corrected by its reporter"
        record.with_user(self.head_user).action_confirm()
        with self.assertRaises(AccessError):
            record.with_user(self.clerk_user).name = "Never happened"

    def test_rejected_with_an_entry_of_the_list_and_words(self):
        reason = self.env.ref("qms_core.rejection_reason_duplicate")
        record = self._nonconformity().with_user(self.head_user)
        dialog = record.action_reject()
        wizard = self.env[dialog["res_model"]].with_user(self.head_user).browse(dialog["res_id"])
        wizard.reason_id = reason
        with self.assertRaises(UserError):
            wizard.action_reject()
        wizard.reason = "Told of on Monday already."
        wizard.action_reject()
        self.assertEqual((record.state, record.reject_reason_id), ("rejected", reason))
        self.assertEqual(record.reject_reason, "Told of on Monday already.")
        with self.assertRaises(UserError):
            record.with_user(self.users["commissioner"]).write({"reject_reason_id": False})
