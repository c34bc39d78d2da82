from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError

from odoo.addons.mail.tests.common import MockEmail

from .common import AnticorruptionCase


class TestAnticorruptionMeasure(MockEmail, AnticorruptionCase):
    def _open(self):
        return self._approved().measure_ids

    def _done(self):
        measure = self._open()
        measure.with_user(self.clerk_user).action_done("Trained on Monday")
        return measure

    def test_numbered(self):
        self.assertTrue(self._open().number.startswith("AC-"))

    def test_done_by_the_responsible_person_alone(self):
        measure = self._open()
        for user in (self.anticorruption, self.head_user, self.mayor):
            with self.assertRaisesRegex(AccessError, "responsible"):
                measure.with_user(user).action_done("Trained")
        measure.with_user(self.clerk_user).action_done("Trained on Monday")
        self.assertEqual((measure.state, measure.evidence), ("done", "Trained on Monday"))
        self.assertEqual(measure.done_by_id, self.clerk_user)
        self.assertEqual(self._duties(measure).user_id, self.anticorruption)

    def test_done_asks_for_the_evidence(self):
        measure = self._open().with_user(self.clerk_user)
        dialog = measure.action_done()
        self.assertEqual(measure.state, "open")
        wizard = self.env[dialog["res_model"]].with_user(self.clerk_user).browse(dialog["res_id"])
        wizard.reason = "Trained"
        wizard.action_confirm()
        self.assertEqual((measure.state, measure.evidence), ("done", "Trained"))

    def test_reported_from_the_day(self):
        measure = self._open()
        duty = self._duties(measure)
        self.assertEqual(duty.qms_verb, "do")
        dialog = self.env["qms.day"].with_user(self.clerk_user).complete(duty.id, "action_done")
        self.assertEqual((dialog["target"], measure.state), ("new", "open"))
        measure.with_user(self.clerk_user).action_done("Trained")
        self.assertEqual(self._duties(measure).qms_verb, "check")

    def test_done_with_files(self):
        measure = self._open().with_user(self.clerk_user)
        wizard = self.env["qms.reason.wizard"].with_user(self.clerk_user).browse(measure.action_done()["res_id"])
        file = self.env["ir.attachment"].with_user(self.clerk_user)
        file = file.create({"name": "list.pdf", "raw": b"x", "res_model": wizard._name, "res_id": wizard.id})
        wizard.write({"reason": "Trained", "attachment_ids": [(4, file.id)]})
        wizard.action_confirm()
        self.assertEqual(measure.evidence_attachment_ids, file)
        wizard.sudo().unlink()
        self.assertEqual(file.exists().res_model, "anticorruption.measure", "The file outlives the dialog.")

    def test_postponed_by_who_approves_plans(self):
        measure = self._open()
        plan, later = measure.plan_id, date(2031, 9, 30)
        for user in (self.clerk_user, self.anticorruption, self.users["quality_officer"]):
            with self.assertRaises(AccessError):
                measure.with_user(user)._postpone(later, "No teacher")
        measure.with_user(self.clerk_user)._ask_postponement(later, "No teacher")
        self.assertIn(self.mayor, self._duties(measure).user_id)
        measure.with_user(self.mayor).action_grant_postponement()
        self.assertEqual(measure.date_deadline, later)
        self.assertEqual(self._duties(measure).user_id, self.clerk_user)
        self.assertFalse(plan._verify(), "The plan is what was approved: its seal holds the first deadline.")

    def test_accepted_by_the_officer_alone(self):
        measure = self._done()
        for user in (self.clerk_user, self.head_user, self.commissioner):
            with self.assertRaises(AccessError):
                measure.with_user(user).action_accept()
        measure.action_accept()
        self.assertEqual((measure.state, measure.acceptor_id), ("accepted", self.anticorruption))
        self.assertFalse(self._duties(measure))

    def test_officer_does_not_accept_his_own(self):
        plan = self._plan()
        measure = self._measure(plan, responsible_id=self.anticorruption_employee.id)
        plan.action_submit()
        plan.with_user(self.mayor).action_approve()
        measure.action_done("Published")
        with self.assertRaisesRegex(AccessError, "another person"):
            measure.action_accept()
        self.assertEqual(self._duties(measure).user_id, self.mayor)
        measure.with_user(self.mayor).action_accept()
        self.assertEqual(measure.state, "accepted")

    def test_returned_with_what_is_missing(self):
        measure = self._done()
        with self.assertRaises(AccessError):
            measure.with_user(self.clerk_user).action_return("Nothing")
        measure.action_return("The list is not signed.")
        self.assertEqual((measure.state, measure.return_reason), ("open", "The list is not signed."))
        self.assertEqual(self._duties(measure).user_id, self.clerk_user)

    def test_text_is_frozen_with_the_plan(self):
        measure = self._open()
        contents = (
            {"name": "x"},
            {"date_deadline": "2031-12-31"},
            {"responsible_id": self.head.id},
            {"indicator": "x"},
            {"department_ids": [(6, 0, self.unit.ids)]},
            {"kind": "control"},
            {"state": "accepted"},
            {"evidence": "x"},
            {"plan_id": self._plan().id},
        )
        for user in (self.anticorruption, self.clerk_user, self.mayor):
            for vals in contents:
                with self.assertRaises(UserError):
                    measure.with_user(user).write(vals)
            with self.assertRaises(UserError):
                measure.with_user(user).with_context(_force_unlink=True).unlink()
        for vals in contents:
            with self.assertRaises(UserError):
                measure.sudo().write(vals)
        with self.assertRaises(UserError):
            measure.sudo().unlink()

    def test_nothing_is_added_to_a_plan_in_force(self):
        plan = self._approved()
        with self.assertRaisesRegex(UserError, "Amend"):
            self._measure(plan)
        draft = self._measure(self._plan())
        with self.assertRaisesRegex(UserError, "Amend"):
            draft.plan_id = plan
        with self.assertRaisesRegex(UserError, "Amend"):
            draft.sudo().plan_id = plan

    def test_accepted_stays_as_it_is(self):
        measure = self._done()
        measure.action_accept()
        with self.assertRaises(UserError):
            measure.with_user(self.clerk_user).action_done("Again")
        with self.assertRaises(UserError):
            measure.action_return("Late thought")

    def test_comments_stay_possible(self):
        measure = self._open()
        message = measure.with_user(self.clerk_user).message_post(body="The room is booked.")
        self.assertIn(message, measure.message_ids)

    def test_late_is_seen_and_escalated(self):
        today = self.company._qms_today()
        plan = self._plan(date_from=today - timedelta(days=60), date_to=today + timedelta(days=60))
        late = self._measure(plan, date_deadline=today - timedelta(days=2))
        timely = self._measure(plan, date_deadline=today + timedelta(days=30))
        self.assertFalse(late.is_late)
        plan.action_submit()
        plan.with_user(self.mayor).action_approve()
        self.assertEqual((late.is_late, timely.is_late), (True, False))
        found = self.env["anticorruption.measure"].search([("is_late", "=", True), ("plan_id", "=", plan.id)])
        self.assertEqual(found, late.with_env(self.env))
        self.assertEqual(plan.late_count, 1)
        late.sudo()._escalate()
        self.assertIn(self.head_user, self._duties(late).user_id)
        late.with_user(self.clerk_user).action_done("At last")
        self.assertFalse(late.is_late)

    def test_approval_sends_no_mail(self):
        (self.clerk_user | self.mayor | self.anticorruption).notification_type = "email"
        with self.mock_mail_gateway():
            self._approved().flush_recordset()
        self.assertFalse(self._new_mails)
        self.assertFalse(self._mails)

    # === HAND-OVER === #

    def test_a_measure_in_force_changes_hands(self):
        """Its text is frozen with the plan, who does it is not."""
        plan = self._approved()
        measure = plan.measure_ids
        hr = self.users["hr"]
        action = self.clerk.with_user(hr).action_qms_hand_over()
        handover = self.env["qms.handover"].with_user(hr).browse(action["res_id"])
        self.assertIn(measure._name, handover.line_ids.mapped("res_model"))
        handover.successor_id = self.head
        handover.action_hand_over()
        self.assertEqual((measure.responsible_id, measure.first_responsible_id), (self.head, self.clerk))
        self.assertEqual(self._duties(measure).user_id, self.head_user)
        self.assertFalse(plan._verify(), "the plan is what was approved: it named the clerk")
        measure.sudo()._hand_over(self.officer, "Once more")
        self.assertEqual(measure.first_responsible_id, self.clerk)
        for vals in ({"responsible_id": self.clerk.id}, {"first_responsible_id": self.head.id}):
            with self.assertRaises(UserError):
                measure.write(vals)
