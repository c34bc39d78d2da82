from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsPostponement(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.coordinator = cls.users["coordinator"]
        cls.later = cls.today + timedelta(days=30)
        cls.action = (
            cls.env["qms.action"]
            .with_user(cls.coordinator)
            .create(
                {
                    "name": "Print new forms",
                    "company_id": cls.company.id,
                    "department_id": cls.unit.id,
                    "responsible_id": cls.clerk.id,
                    "date_deadline": cls.today + timedelta(days=10),
                }
            )
        )
        cls.action.action_start()
        cls.action = cls.action.with_env(cls.env)

    def _as(self, user, records=None):
        return (self.action if records is None else records).with_user(user)

    def _wizard(self, action, **vals):
        wizard = self.env["qms.postponement.wizard"].browse(action["res_id"])
        wizard.write({"date_new": self.later, "reason": "The printer is broken", **vals})
        return wizard

    def test_executor_can_t_postpone_himself(self):
        before = self.action.date_deadline
        executor = self._as(self.clerk_user)
        for attempt in (
            lambda: executor._postpone(self.later, "Too much to do"),
            executor.action_postpone,
            lambda: executor.write({"date_deadline": self.later}),
        ):
            with self.assertRaises(AccessError):
                attempt()
        # Even where his rights would let him write anything.
        self.clerk_user.write({"group_ids": [(4, self.env.ref("qms_core.group_coordinator").id)]})
        with self.assertRaisesRegex(AccessError, "yourself"):
            executor.write({"date_deadline": self.later})
        with self.assertRaisesRegex(AccessError, "yourself"):
            executor._postpone(self.later, "Too much to do")
        self.assertEqual(self.action.date_deadline, before)
        self.assertFalse(self.action.postponement_ids)

    def test_postponed_with_reason_on_record(self):
        before = self.action.date_deadline
        wizard = self._wizard(self._as(self.coordinator).action_postpone())
        self.assertEqual(wizard.date_old, before)
        wizard.with_user(self.coordinator).action_confirm()
        row = self.action.postponement_ids
        self.assertEqual((row.date_old, row.date_new, row.days), (before, self.later, 20))
        self.assertEqual((row.reason, row.state), ("The printer is broken", "granted"))
        self.assertEqual((row.asked_by, row.decided_by), (self.coordinator, self.coordinator))
        self.assertEqual((self.action.date_deadline, self.action.postponement_count), (self.later, 1))

    def test_reason_and_day_are_asked_for(self):
        for vals in ({"reason": " "}, {"date_new": False}, {"date_new": self.today + timedelta(days=10)}):
            wizard = self._wizard(self._as(self.coordinator).action_postpone(), **vals)
            with self.assertRaises(UserError):
                wizard.with_user(self.coordinator).action_confirm()
        self.assertFalse(self.action.postponement_ids)

    def test_day_in_the_past_is_no_postponement(self):
        self.action.sudo().date_deadline = self.today - timedelta(days=9)
        with self.assertRaisesRegex(UserError, "over already"):
            self._as(self.coordinator)._postpone(self.today - timedelta(days=2), "Late")

    def test_later_date_by_hand_is_refused(self):
        with self.assertRaisesRegex(UserError, "stays on record"):
            self._as(self.coordinator).write({"date_deadline": self.later})
        with self.assertRaisesRegex(UserError, "stays on record"):
            self._as(self.coordinator).write({"date_deadline": False})
        # An earlier day needs no excuse.
        self._as(self.coordinator).write({"date_deadline": self.today + timedelta(days=5)})
        self.assertEqual(self.action.date_deadline, self.today + timedelta(days=5))

    def test_stranger_postpones_nothing(self):
        for user in (self.stranger, self.head_user, self.users["auditor"]):
            with self.assertRaises(AccessError):
                self._as(user)._postpone(self.later, "Why not")

    def test_request_granted(self):
        self._wizard(self._as(self.clerk_user).action_ask_postponement()).with_user(self.clerk_user).action_confirm()
        row = self.action.postponement_ids
        self.assertEqual((row.state, row.asked_by), ("asked", self.clerk_user))
        self.assertNotEqual(self.action.date_deadline, self.later)
        self.assertIn("The printer is broken", self._as(self.coordinator).postponement_asked)
        called = self.env["mail.activity"].search(
            [("res_model", "=", "qms.action"), ("res_id", "=", self.action.id), ("summary", "ilike", "more time")]
        )
        self.assertEqual(called.user_id, self.coordinator, "Who set the term decides.")
        with self.assertRaises(AccessError):
            self._as(self.clerk_user).action_grant_postponement()
        self._as(self.coordinator).action_grant_postponement()
        self.assertEqual((row.state, row.decided_by), ("granted", self.coordinator))
        self.assertEqual(self.action.date_deadline, self.later)
        self.assertFalse(called.exists())

    def test_request_refused(self):
        self._as(self.clerk_user)._ask_postponement(self.later, "No paper")
        row = self.action.postponement_ids
        row.with_user(self.coordinator).action_refuse("There is paper in the cellar")
        self.assertEqual((row.state, row.answer), ("refused", "There is paper in the cellar"))
        self.assertEqual(self.action.date_deadline, self.today + timedelta(days=10))
        self.assertEqual(self.action.postponement_count, 0)
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "qms.action"), ("res_id", "=", self.action.id)]
        )
        self.assertEqual(activities.user_id, self.clerk_user, "His duty stays, the decision is off the list.")
        message = self.env["mail.message"].search([("subject", "ilike", "deadline stays")])
        self.assertEqual(message.partner_ids, self.clerk_user.partner_id)

    def test_one_request_at_a_time(self):
        self._as(self.clerk_user)._ask_postponement(self.later, "No paper")
        with self.assertRaisesRegex(UserError, "awaited"):
            self._as(self.clerk_user)._ask_postponement(self.later, "No paper")
        # Postponed to another day instead: the request is answered by that.
        self._as(self.coordinator)._postpone(self.later + timedelta(days=1), "No paper until then")
        self.assertEqual(self.action.postponement_ids.mapped("state"), ["granted", "refused"])
        self._as(self.clerk_user)._ask_postponement(self.later + timedelta(days=9), "Still none")

    def _deciders(self):
        domain = [("res_model", "=", "qms.action"), ("res_id", "=", self.action.id), ("summary", "ilike", "more time")]
        return self.env["mail.activity"].search(domain).user_id

    def test_request_stays_with_who_decides(self):
        self._as(self.clerk_user)._ask_postponement(self.later, "No paper")
        self._as(self.coordinator).date_deadline = self.today + timedelta(days=5)
        self.assertEqual(self._deciders(), self.coordinator)
        # Whoever decided is responsible himself now: another one decides.
        coordinator = self._employee(self.coordinator)
        self._as(self.users["commissioner"]).responsible_id = coordinator
        self.assertEqual(self._deciders(), self.users["quality_officer"])

    def test_others_don_t_ask(self):
        for user in (self.coordinator, self.head_user):
            with self.assertRaises(AccessError):
                self._as(user).action_ask_postponement()

    def test_reminders_start_anew_once_granted(self):
        models_write = {"reminded": True, "escalation_level": 2}
        self.action.sudo().write(models_write)
        self._as(self.coordinator)._postpone(self.later, "No paper")
        self.assertEqual((self.action.reminded, self.action.escalation_level), (False, 0))
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "qms.action"), ("res_id", "=", self.action.id)]
        )
        self.assertEqual((activities.user_id, activities.date_deadline), (self.clerk_user, self.later))

    def test_finished_duty_is_not_postponed(self):
        self._as(self.clerk_user)._ask_postponement(self.later, "No paper")
        executor = self._as(self.clerk_user)
        executor.write({"evidence": "Printed"})
        executor.action_done()
        with self.assertRaises(UserError):
            self._as(self.coordinator)._postpone(self.later, "No paper")
        with self.assertRaises(UserError):
            self.action.postponement_ids.with_user(self.coordinator).action_grant()
        self.assertEqual(self.action.date_deadline, self.today + timedelta(days=10))

    def test_decided_rows_stay(self):
        self._as(self.coordinator)._postpone(self.later, "No paper")
        row = self.action.postponement_ids
        for vals in ({"reason": "Another"}, {"state": "refused"}, {"decided_by": self.stranger.id}):
            with self.assertRaises(UserError):
                row.sudo().write(vals)
        with self.assertRaises(UserError):
            row.sudo().unlink()
        self._as(self.clerk_user)._ask_postponement(self.later + timedelta(days=1), "Still none")
        for user in (self.clerk_user, self.coordinator, self.users["commissioner"]):
            with self.assertRaises(AccessError):
                self.action.postponement_ids[0].with_user(user).write({"reason": "Another"})
            with self.assertRaises(AccessError):
                self.env["qms.postponement"].with_user(user).create({"res_model": "qms.action", "res_id": 1})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_read_by_who_reads_the_duty(self):
        self._as(self.coordinator)._postpone(self.later, "No paper")
        row = self.action.postponement_ids
        rows = self.env["qms.postponement"]
        for user in (self.clerk_user, self.head_user, self.coordinator, self.users["top_management"]):
            self.assertEqual(rows.with_user(user).search([("id", "=", row.id)]), row)
            self.assertEqual(row.with_user(user).reason, "No paper")
        self.assertFalse(rows.with_user(self.stranger).search([("id", "=", row.id)]))
        self.assertFalse(self._abroad("qms.postponement").search([("id", "=", row.id)]))
        row.invalidate_recordset()
        with self.assertRaises(AccessError):
            row.with_user(self.stranger).read(["reason"])

    def test_log_goes_with_the_duty_and_with_its_model(self):
        self._as(self.coordinator)._postpone(self.later, "No paper")
        row = self.action.postponement_ids
        self.env["qms.postponement"]._forget_models(["qms.nonconformity"])
        self.assertTrue(row.exists())
        self._as(self.coordinator).unlink()
        self.assertFalse(row.exists())

    def test_log_of_a_vanished_model_is_deleted(self):
        self._as(self.coordinator)._postpone(self.later, "No paper")
        self.env["qms.postponement"]._forget_models(["qms.action"])
        self.assertFalse(self.env["qms.postponement"].search([("res_id", "=", self.action.id)]))

    def test_evidence_uploaded_before_saving_is_seen_by_readers(self):
        file = self.env["ir.attachment"].with_user(self.clerk_user).create({"name": "act.pdf", "raw": b"x"})
        foreign = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": b"y"})
        with self.assertRaises(AccessError):
            self._as(self.clerk_user).write({"evidence_attachment_ids": [(4, foreign.id)]})
        self._as(self.clerk_user).write({"evidence_attachment_ids": [(4, file.id)]})
        self.assertEqual((file.res_model, file.res_id), ("qms.action", self.action.id))
        self.assertEqual(self._as(self.head_user).evidence_attachment_ids.mapped("name"), ["act.pdf"])
