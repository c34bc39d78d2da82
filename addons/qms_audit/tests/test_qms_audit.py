from odoo.exceptions import AccessError, UserError, ValidationError

from .common import AuditCase


class TestQmsAudit(AuditCase):
    def test_whole_life(self):
        audit = self._started()
        audit.line_ids.write({"answer": "conform"})
        audit.line_ids[0].write({"answer": "minor", "evidence": "3 of 20 files"})
        finding = self._finding(audit, line_id=audit.line_ids[0].id)
        audit.summary = "One deviation"
        audit.action_report()
        finding.action_raise()
        audit.with_user(self.commissioner).action_close("Put it right within a month.")
        self.assertEqual(audit.state, "closed")
        self.assertEqual(audit.decision, "Put it right within a month.")
        self.assertEqual(audit.decider_id, self.commissioner)
        self.assertTrue(audit.seal_checksum)
        self.assertFalse(audit._verify())
        self.assertFalse(self._duties(audit))

    def _duties(self, audit):
        return self.env["mail.activity"].search([("res_model", "=", audit._name), ("res_id", "=", audit.id)])

    # --- planning ---

    def test_commissioner_decides_and_the_leader_does(self):
        verbs = {duty.user_id: duty.qms_verb for duty in self._duties(self._audit())}
        self.assertEqual((verbs[self.commissioner], verbs[self.auditor_user]), ("decide", "do"))

    def test_number_and_report_day(self):
        audit = self._audit()
        self.assertTrue(audit.number.startswith("AU-"))
        self.assertEqual(str(audit.date_deadline), "2031-03-10")
        audit.date_end = "2031-03-05 14:00:00"
        self.assertEqual(str(audit.date_deadline), "2031-03-12")

    def test_unplanned_needs_grounds_and_order(self):
        for missing in ({"grounds": "violation"}, {"ordered_by_id": self.head.id}):
            with self.assertRaisesRegex(ValidationError, "grounds"):
                self._audit(kind="unplanned", **missing)
        audit = self._audit(kind="unplanned", grounds="inspection", ordered_by_id=self.head.id)
        with self.assertRaisesRegex(ValidationError, "grounds"):
            audit.grounds = False

    def test_external_needs_its_body(self):
        with self.assertRaisesRegex(ValidationError, "external"):
            self._audit(kind="external")

    def test_something_is_audited(self):
        with self.assertRaisesRegex(ValidationError, "processes or the units"):
            self._audit(process_ids=[])

    def test_extent_is_set_by_the_commissioner_alone(self):
        with self.assertRaisesRegex(AccessError, "extent"):
            self._audit(scope="All")
        audit = self._audit()
        self.assertIn(self.commissioner, self._duties(audit).user_id)
        for user in (self.auditor_user, self.users["coordinator"]):
            with self.assertRaisesRegex(AccessError, "extent"):
                audit.with_user(user).scope = "All"
        audit.with_user(self.commissioner).scope = "All"
        self.assertNotIn(self.commissioner, self._duties(audit).user_id)

    def test_commissioner_still_called_after_the_day_moved(self):
        audit = self._audit()
        audit.date_end = "2031-03-05 14:00:00"
        self.assertEqual(self._duties(audit).user_id, self.auditor_user | self.commissioner)

    def test_start_needs_extent_and_checklist(self):
        audit = self._audit()
        with self.assertRaisesRegex(UserError, "extent"):
            audit.action_start()
        audit.with_user(self.commissioner).scope = "All"
        with self.assertRaisesRegex(UserError, "checklist"):
            audit.action_start()

    def test_only_the_leader_starts_and_hands_in(self):
        user, _employee = self._second_auditor()
        audit = self._started(auditor_ids=[(6, 0, user.ids)])
        self.assertTrue(audit.line_ids.with_user(user)[0].write({"answer": "conform"}))
        for person in (user, self.users["coordinator"], self.commissioner):
            with self.assertRaisesRegex(AccessError, "leader"):
                audit.with_user(person).action_report()

    def test_plan_under_way_is_not_moved_by_the_team(self):
        audit = self._started()
        for vals in ({"date_deadline": "2099-01-01"}, {"process_ids": [(5,)]}, {"responsible_id": self.clerk.id}):
            with self.assertRaises(AccessError):
                audit.write(vals)
        audit.with_user(self.users["coordinator"]).date_deadline = "2031-03-20"
        self.assertEqual(str(audit.date_deadline), "2031-03-20")

    # --- report ---

    def test_report_names_everything_it_lacks(self):
        audit = self._started()
        audit.line_ids[0].answer = "major"
        with self.assertRaises(UserError) as error:
            audit.action_report()
        self.assertIn("summary", str(error.exception))
        self.assertIn(f"{len(audit.line_ids) - 1} questions", str(error.exception))
        self.assertIn(audit.line_ids[0].question, str(error.exception))

    def test_reported_is_locked_until_returned(self):
        audit = self._reported()
        with self.assertRaisesRegex(UserError, "returns"):
            audit.summary = "Even better"
        with self.assertRaisesRegex(UserError, "returns"):
            audit.line_ids[0].write({"answer": "major"})
        with self.assertRaisesRegex(UserError, "returns"):
            audit.line_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "returns"):
            self._finding(audit)
        audit.with_user(self.commissioner).action_return("Ask in the archive, too.")
        audit.summary = "Even better"
        self.assertEqual(audit.state, "in_progress")
        self.assertEqual(self._duties(audit).user_id, self.auditor_user)

    def test_who_may_not_close(self):
        audit = self._reported()
        for user in (self.auditor_user, self.users["coordinator"], self.users["top_management"], self.head_user):
            with self.assertRaises(AccessError):
                audit.with_user(user).action_close("Fine")
            with self.assertRaises(AccessError):
                audit.with_user(user).action_return("Not fine")

    def test_commissioner_of_the_team_does_not_decide(self):
        self.auditor_user.group_ids += self.env.ref("qms_core.group_commissioner")
        audit = self._reported()
        with self.assertRaisesRegex(AccessError, "team"):
            audit.action_close("Fine")

    def test_not_closed_with_undecided_findings(self):
        audit = self._started()
        audit.line_ids.write({"answer": "conform"})
        audit.summary = "Short"
        finding = self._finding(audit, kind="observation")
        audit.action_report()
        with self.assertRaisesRegex(UserError, "No visa"):
            audit.with_user(self.commissioner).action_close("Fine")
        finding.with_user(self.commissioner).action_note()
        audit.with_user(self.commissioner).action_close("Fine")
        self.assertEqual(audit.state, "closed")

    def test_closing_asks_for_the_decision(self):
        audit = self._reported().with_user(self.commissioner)
        dialog = audit.action_close()
        wizard = self.env[dialog["res_model"]].with_user(self.commissioner).browse(dialog["res_id"])
        wizard.reason = "Take note of it."
        wizard.action_confirm()
        self.assertEqual((audit.state, audit.decision), ("closed", "Take note of it."))

    def test_heads_are_told(self):
        audit = self._closed()
        messages = self.env["mail.message"].search([("notified_partner_ids", "=", self.head_user.partner_id.id)])
        self.assertTrue(messages.filtered(lambda message: audit.number in (message.subject or "")))

    # --- what nobody does ---

    def test_closed_is_frozen(self):
        audit = self._closed()
        line = audit.line_ids[0]
        for user in (self.auditor_user, self.commissioner, self.users["coordinator"]):
            for vals in ({"summary": "x"}, {"date_start": "2031-03-04 07:00:00"}, {"state": "planned"}):
                with self.assertRaises(UserError):
                    audit.with_user(user).write(vals)
            with self.assertRaises(UserError):
                audit.with_user(user).with_context(_force_unlink=True).unlink()
            with self.assertRaises(UserError):
                line.with_user(user).write({"answer": "major"})
            with self.assertRaises(UserError):
                line.with_user(user).with_context(_force_unlink=True).unlink()
        with self.assertRaises(UserError):
            audit.with_user(self.commissioner).write({"line_ids": [(1, line.id, {"answer": "major"})]})
        with self.assertRaises(UserError):
            audit.sudo().unlink()
        with self.assertRaises(UserError):
            self.env["qms.audit.line"].sudo().create({"audit_id": audit.id, "question": "Late?"})

    def test_state_is_not_written(self):
        audit = self._audit()
        with self.assertRaises(UserError):
            audit.write({"state": "closed"})
        with self.assertRaises(UserError):
            self._audit(state="closed")
        vals = audit.copy_data()[0]
        born = self.env["qms.audit"].with_user(self.auditor_user).with_context(default_state="closed").create(vals)
        self.assertEqual(born.state, "planned")

    def test_started_is_cancelled_not_deleted(self):
        audit = self._started()
        with self.assertRaisesRegex(UserError, "Cancel"):
            audit.with_user(self.users["coordinator"]).unlink()
        with self.assertRaises(AccessError):
            audit.action_cancel("No time")
        audit.with_user(self.users["coordinator"]).action_cancel("The unit is dissolved.")
        self.assertEqual(audit.state, "cancelled")
        self.assertTrue(audit.seal_checksum)

    def test_planned_is_deleted_with_its_checklist(self):
        audit = self._audit()
        audit.action_generate_checklist()
        lines = audit.line_ids
        self.assertTrue(lines)
        audit.with_user(self.users["coordinator"]).unlink()
        self.assertFalse(lines.exists())

    # --- who sees what ---

    def test_heads_and_officers_read_closed_audits_of_their_unit(self):
        audit = self._reported()
        for user in (self.head_user, self.users["quality_officer"]):
            with self.assertRaises(AccessError):
                audit.with_user(user).read(["name"])
            self.assertFalse(self.env["qms.audit.line"].with_user(user).search([("audit_id", "=", audit.id)]))
        audit.with_user(self.commissioner).action_close("Fine")
        for user in (self.head_user, self.users["quality_officer"]):
            self.assertTrue(audit.with_user(user).read(["name", "line_ids"])[0]["line_ids"])
            self.assertTrue(audit.line_ids.with_user(user).read(["answer"]))
        for user in (self.clerk_user, self.stranger):
            with self.assertRaises(AccessError):
                audit.with_user(user).read(["name"])

    def test_auditor_writes_only_audits_of_his_team(self):
        user, _employee = self._second_auditor()
        audit = self._started()
        self.assertEqual(audit.with_user(user).name, audit.name)
        with self.assertRaises(AccessError):
            audit.with_user(user).name = "Mine"
        with self.assertRaises(AccessError):
            audit.line_ids[0].with_user(user).write({"answer": "conform"})
        with self.assertRaises(AccessError):
            self._audit(user=user)

    def test_other_authorities_see_nothing(self):
        audit = self._started()
        finding = self._finding(audit)
        for record in (audit, audit.line_ids[0], finding):
            with self.assertRaises(AccessError):
                self._abroad(record._name).browse(record.id).read(["display_name"])
            self.assertFalse(self._abroad(record._name).search([("id", "=", record.id)]))

    # --- changes of the plan ---

    def test_an_audit_under_way_changes_hands(self):
        audit = self._started()
        user, successor = self._second_auditor()
        hr = self.users["hr"]
        action = self.auditor.with_user(hr).action_qms_hand_over()
        handover = self.env["qms.handover"].with_user(hr).browse(action["res_id"])
        handover.successor_id = self.clerk
        with self.assertRaisesRegex(ValidationError, "role of an auditor"), self.cr.savepoint():
            handover.action_hand_over()
        handover.successor_id = successor
        handover.action_hand_over()
        self.assertEqual(audit.responsible_id, successor)
        self.assertIn(user, self._duties(audit).user_id)

    def test_who_archives(self):
        """An archived audit calls nobody: its leader must not make a late one disappear."""
        planned, started = self._audit(), self._started()
        coordinator = self.users["coordinator"]
        for audit in (planned, started):
            with self.assertRaisesRegex(AccessError, "coordinator"):
                audit.active = False
        for user in (coordinator, self.commissioner):
            with self.assertRaisesRegex(UserError, "has started"):
                started.with_user(user).active = False
        planned.with_user(coordinator).active = False
        self.assertFalse(planned.active)

    def test_a_copy_begins_anew(self):
        audit = self._reported()
        copy = audit.copy({"date_start": "2032-03-03 07:00:00", "date_end": "2032-03-03 14:00:00"})
        self.assertEqual((copy.scope, copy.summary, copy.state), (False, False, "planned"))
        self.assertEqual(str(copy.date_deadline), "2032-03-10")

    def test_report_day_counts_from_the_day_of_the_authority(self):
        self.company.resource_calendar_id.tz = "Europe/Kyiv"
        audit = self._audit(date_end="2031-03-03 22:30:00")  # half past midnight in Kyiv
        self.assertEqual(str(audit.date_deadline), "2031-03-11")
