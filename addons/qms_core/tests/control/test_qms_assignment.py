from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import warmup

from .control_common import ControlCase


class TestQmsAssignment(ControlCase):
    def test_whole_life(self):
        record = self._draft_assignment()
        self.assertFalse(self._activities(record), "What is being prepared calls nobody.")
        record.action_put_on_control()
        self.assertEqual(
            (record.state, record.controller_id, record.date_control), ("control", self.control, self.today)
        )
        executor = record.with_user(self.clerk_user)
        self.assertEqual(self._activities(record).user_id, self.clerk_user)
        executor._report("interim", "Half of them")
        self.assertEqual(record.state, "control")
        executor._report("final", "All of them", "List of 3 May")
        self.assertEqual((record.state, record.timeliness), ("reported", "on_time"))
        self.assertEqual(self._activities(record).user_id, self.control, "Now control has to look at it.")
        record.action_close()
        self.assertEqual((record.state, record.closed_by_id), ("closed", self.control))
        self.assertEqual(set(record.report_ids.mapped("state")), {"accepted", "sent"})
        self.assertFalse(self._activities(record))
        self.assertEqual(record.evidence, "All of them\nList of 3 May")

    def test_only_control_puts_on_and_takes_off(self):
        draft = self._draft_assignment()
        reported = self._reported()
        others = (self.clerk_user, self.head_user, self.mayor_user, self.users["commissioner"], self.stranger)
        for user in others:
            for record, step in ((draft, "action_put_on_control"), (reported, "action_close")):
                with self.assertRaises(AccessError):
                    getattr(record.with_user(user), step)()
            with self.assertRaises(AccessError):
                reported.with_user(user).action_return("No")
            with self.assertRaises(AccessError):
                draft.with_user(user).action_cancel("No")
        self.assertEqual((draft.state, reported.state), ("draft", "reported"))

    def test_not_taken_off_without_final_report(self):
        record = self._assignment()
        record.with_user(self.clerk_user)._report("interim", "Half of them")
        with self.assertRaisesRegex(UserError, "no final report"):
            record.with_user(self.control).action_close()
        self.assertEqual(record.state, "control")

    def test_state_and_dates_are_not_typed_in(self):
        record = self._assignment().with_user(self.control)
        for vals in (
            {"state": "closed"},
            {"timeliness": "on_time"},
            {"date_reported": self.today},
            {"controller_id": self.stranger.id},
            {"return_count": 0},
        ):
            with self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            self._draft_assignment(state="closed")
        born = self._draft_assignment(timeliness="on_time", date_control="2020-01-01")
        self.assertFalse(born.timeliness or born.date_control)

    def test_on_control_text_and_term_stay(self):
        record = self._assignment().with_user(self.control)
        for vals in (
            {"text": "Something else"},
            {"date_deadline": self.today + timedelta(days=40)},
            {"date_deadline": self.today + timedelta(days=4)},
            {"set_by_id": self.head.id},
            {"recurrence": "week", "recurrence_times": 3},
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                record.write(vals)
        record.write({"text": record.text, "date_deadline": record.date_deadline})
        with self.assertRaisesRegex(UserError, "not deleted"):
            record.unlink()
        draft = self._draft_assignment()
        draft.text = "Another text"
        draft.unlink()

    def test_on_control_is_not_put_away(self):
        for record in (self._assignment(), self._reported()):
            with self.assertRaisesRegex(UserError, "can't be archived"):
                record.with_user(self.control).action_archive()
            self.assertTrue(record.active)
        draft = self._draft_assignment()
        draft.action_archive()
        self.assertFalse(draft.active)

    def test_closed_is_closed(self):
        record = self._reported()
        record.with_user(self.control).action_close()
        with self.assertRaises(UserError):
            record.with_user(self.control).write({"active": False})
        with self.assertRaises(UserError):
            record.sudo().write({"text": "Something else"})

    def test_incomplete_is_refused(self):
        for missing in ("responsible_id", "date_deadline", "set_by_id"):
            with self.assertRaisesRegex(UserError, "needs an executor"):
                self._draft_assignment(**{missing: False}).action_put_on_control()
        with self.assertRaisesRegex(UserError, "his own term"):
            self._draft_assignment(set_by_id=self.clerk.id).action_put_on_control()

    # === EXECUTOR === #

    def test_dismissed_executor_is_refused(self):
        record = self._draft_assignment()
        self.clerk.write({"departure_date": self.today - timedelta(days=1)})
        with self.assertRaisesRegex(UserError, "no longer works here.*Choose qms_head"):
            record.action_put_on_control()
        self.assertEqual(record.state, "draft")
        running = self._assignment(responsible_id=self.helper.id)
        with self.assertRaisesRegex(UserError, "no longer works here"):
            running.with_user(self.control).write({"responsible_id": self.clerk.id})

    def _on_leave(self, person=None):
        role = self._role("R-ACT")
        return self.env["qms.role.holder"].create(
            {
                "role_id": role.id,
                "employee_id": self.helper.id,
                "kind": "acting",
                "acted_for_id": (person or self.clerk).id,
                "reason": "leave",
                "date_from": self.today - timedelta(days=1),
                "date_to": self.today + timedelta(days=5),
            }
        )

    def test_executor_on_leave_is_represented(self):
        row = self._on_leave()
        record = self._assignment()
        self.assertIn(self.helper.name, record.duty_warning)
        self.assertEqual(set(self._activities(record).user_id), {self.clerk_user, self.helper_user})
        report = record.with_user(self.helper_user)._report("interim", "Half of them")
        self.assertEqual((report.user_id, report.for_id), (self.helper_user, self.clerk))
        row.date_to = self.today - timedelta(days=1)
        record.invalidate_recordset()
        with self.assertRaises(UserError):
            record.with_user(self.helper_user)._report("final", "All", "List")

    def test_deputy_of_the_position_reports(self):
        role = self._role("R-CLERK")
        rows = self.env["qms.role.holder"]
        rows.create({"role_id": role.id, "employee_id": self.clerk.id})
        rows.create({"role_id": role.id, "employee_id": self.helper.id, "kind": "deputy"})
        record = self._assignment()
        report = record.with_user(self.helper_user)._report("final", "All", "List")
        self.assertEqual(report.for_id, self.clerk)

    def test_nobody_else_reports(self):
        record = self._assignment()
        for user in (self.head_user, self.mayor_user, self.control):
            with self.assertRaisesRegex(AccessError, "reports on this assignment"):
                record.with_user(user)._report("final", "All", "List")
        with self.assertRaises(AccessError):
            record.with_user(self.stranger).action_report()
        with self.assertRaises(AccessError):
            self.env["qms.assignment.report"].with_user(self.clerk_user).create(
                {"assignment_id": record.id, "kind": "final", "text": "x", "user_id": self.clerk_user.id}
            )

    def test_head_reports_for_who_has_no_login(self):
        person = self.env["hr.employee"].create(
            {"name": "Driver", "company_id": self.company.id, "department_id": self.unit.id}
        )
        record = self._assignment(responsible_id=person.id)
        self.assertEqual(self._activities(record).user_id, self.head_user)
        record.with_user(self.head_user)._report("final", "All", "List")
        self.assertEqual(record.report_ids.for_id, person)

    def test_another_executor_is_called(self):
        record = self._assignment()
        record.with_user(self.control).write({"responsible_id": self.helper.id})
        self.assertEqual(self._activities(record).user_id, self.helper_user)
        self.assertEqual(record.holder_id, self.helper)

    def test_executor_on_control_is_named_and_sets_no_term(self):
        record = self._assignment().with_user(self.control)
        with self.assertRaisesRegex(UserError, "needs an executor"):
            record.write({"responsible_id": False})
        with self.assertRaisesRegex(UserError, "his own term"):
            record.write({"responsible_id": self.mayor.id})

    def test_who_reported_stays_the_executor(self):
        record = self._reported()
        for user in (self.control, self.env.user):
            with self.assertRaisesRegex(UserError, "has reported on"):
                record.with_user(user).write({"responsible_id": self.helper.id})
        record.with_user(self.control).write({"responsible_id": self.clerk.id})
        record.with_user(self.control).action_return("Not all")
        record.with_user(self.control).write({"responsible_id": self.helper.id})
        self.assertEqual(self._activities(record).user_id, self.helper_user)

    def test_hand_over_takes_assignment_and_document(self):
        record = self._assignment()
        record._hand_over(self.helper, "Clerk leaves")
        self.assertEqual((record.responsible_id, record.holder_id), (self.helper, self.helper))
        self.assertEqual(self._activities(record).user_id, self.helper_user)

    # === REPORTS === #

    def test_report_says_what_and_by_what(self):
        record = self._assignment().with_user(self.clerk_user)
        for kind in ("interim", "final"):
            with self.assertRaisesRegex(UserError, "Write what was done"):
                record._report(kind, "  ", "List")
        with self.assertRaisesRegex(UserError, "needs evidence"):
            record._report("final", "All of them", " ")
        self.assertEqual(record.state, "control")

    def test_wizard_with_file(self):
        record = self._assignment()
        file = (
            self.env["ir.attachment"]
            .with_user(self.clerk_user)
            .create({"name": "lamps.jpg", "raw": b"x", "res_model": "qms.assignment.report.wizard"})
        )
        wizards = self.env["qms.assignment.report.wizard"].with_user(self.clerk_user)
        action = record.with_user(self.clerk_user).action_report()
        wizard = wizards.with_context(**action["context"]).create(
            {"kind": "final", "text": "All", "attachment_ids": [(4, file.id)]}
        )
        wizard.action_send()
        report = record.report_ids
        self.assertEqual(report.attachment_ids, file)
        self.assertEqual((file.res_model, file.res_id), (report._name, report.id))
        self.assertEqual(record.evidence_attachment_ids, file)
        # Evidence is neither replaced nor taken back.
        for attempt in (
            lambda: file.with_user(self.clerk_user).write({"raw": b"y"}),
            file.with_user(self.clerk_user).unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(file.with_user(self.control).raw, b"x")

    def test_foreign_file_is_no_evidence(self):
        record = self._assignment()
        foreign = self.env["ir.attachment"].with_user(self.stranger).create({"name": "secret", "raw": b"x"})
        with self.assertRaisesRegex(AccessError, "upload yourself"):
            record.with_user(self.clerk_user)._report("final", "All", "List", foreign)
        self.assertEqual(foreign.res_model, False)

    def test_file_of_another_record_stays_there(self):
        record, other = self._assignment(), self._nonconformity()
        file = self.env["ir.attachment"].with_user(self.clerk_user)
        file = file.create({"name": "photo.jpg", "raw": b"x", "res_model": other._name, "res_id": other.id})
        with self.assertRaisesRegex(AccessError, "upload yourself"):
            record.with_user(self.clerk_user)._report("final", "All", "List", file)
        self.assertEqual((file.res_model, file.res_id), (other._name, other.id))

    def test_report_is_never_changed(self):
        report = self._reported().report_ids
        for user in (self.clerk_user, self.control, self.env.user):
            with self.assertRaises(UserError):
                report.with_user(user).write({"text": "Something else"})
            with self.assertRaises(UserError):
                report.with_user(user).unlink()
        with self.assertRaises(UserError):
            report.sudo().write({"state": "accepted"})

    def test_returned_report(self):
        record = self._reported()
        answer = record.with_user(self.control).action_return()
        self.assertEqual(answer["res_model"], "qms.reason.wizard")
        record.with_user(self.control).action_return("Three lamps are missing")
        self.assertEqual((record.state, record.return_count, record.timeliness), ("control", 1, False))
        self.assertEqual((record.report_ids.state, record.report_ids.answer), ("returned", "Three lamps are missing"))
        self.assertEqual(self._activities(record).user_id, self.clerk_user)
        with self._on(11):
            record.with_user(self.clerk_user)._report("final", "Now all", "List of 9 May")
        self.assertEqual(record.timeliness, "late", "The last final report decides.")
        record.with_user(self.control).action_close()

    def test_who_reported_does_not_take_off(self):
        self.clerk_user.write({"group_ids": [(4, self.env.ref("qms_core.group_execution_control").id)]})
        record = self._reported()
        with self.assertRaisesRegex(AccessError, "another controller"):
            record.with_user(self.clerk_user).action_close()

    def test_who_carried_it_out_is_not_called_to_check_it(self):
        another = self._user("control_2", "qms_core.group_execution_control")
        record = self._assignment(responsible_id=self._employee(self.control).id)
        record.with_user(self.control)._report("final", "All", "List")
        self.assertEqual(self._activities(record).user_id, another)
        another.active = False
        alone = self._assignment(responsible_id=self.control.employee_id.id)
        alone.with_user(self.control)._report("final", "All", "List")
        self.assertEqual(self._activities(alone).user_id, self.control, "Better he than nobody.")

    def test_cancelled_with_reason(self):
        record = self._assignment()
        record.with_user(self.control).action_cancel("The act was repealed")
        self.assertEqual((record.state, record.cancel_reason), ("cancelled", "The act was repealed"))
        self.assertFalse(self._activities(record) or record.holder_id)

    # === POSTPONEMENT === #

    def test_only_who_set_the_term_postpones(self):
        record = self._assignment()
        later = self.today + timedelta(days=30)
        for user in (self.clerk_user, self.head_user, self.control, self.users["commissioner"]):
            with self.assertRaisesRegex(AccessError, "alone may postpone"):
                record.with_user(user)._postpone(later, "Too much to do")
        record.with_user(self.mayor_user)._postpone(later, "The lamps come in June")
        self.assertEqual((record.date_deadline, record.postponement_count), (later, 1))
        with self._on(25):
            record.with_user(self.clerk_user)._report("final", "All", "List")
        self.assertEqual(record.timeliness, "on_time", "A postponement by right is no lateness.")

    def test_executor_asks_and_the_setter_decides(self):
        record = self._assignment()
        later = self.today + timedelta(days=30)
        record.with_user(self.clerk_user)._ask_postponement(later, "Snow")
        self.assertEqual(len(self._activities(record, self.mayor_user)), 1)
        with self.assertRaises(AccessError):
            record.with_user(self.control).action_grant_postponement()
        record.with_user(self.mayor_user).action_grant_postponement()
        self.assertEqual(record.date_deadline, later)

    def test_who_acts_for_the_setter_postpones(self):
        self._on_leave(self.mayor)
        record = self._assignment()
        record.with_user(self.helper_user)._postpone(self.today + timedelta(days=30), "By order")
        self.assertEqual(record.postponement_count, 1)

    def test_executor_acting_for_the_setter_does_not_postpone(self):
        self._on_leave(self.mayor)
        record = self._assignment(responsible_id=self.helper.id)
        with self.assertRaises(AccessError):
            record.with_user(self.helper_user)._postpone(self.today + timedelta(days=30), "By order")

    # === FIGURES === #

    def _many(self, count, offset=0):
        return [
            {
                "text": f"Do {index}",
                "responsible_id": (self.clerk, self.helper, self.head)[index % 3].id,
                "set_by_id": self.mayor.id,
                "date_deadline": self.today + timedelta(days=offset + index % 7),
            }
            for index in range(count)
        ]

    @warmup
    def test_200_on_control_in_one_query_each(self):
        model = self.env["qms.assignment"].with_user(self.control)
        model.create(self._many(20)).action_put_on_control()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        records = model.create(self._many(200))
        records.action_put_on_control()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(self._activities(records)), 200)
        self.assertEqual(len(records.move_ids), 200)
        self.assertLessEqual(queries, 200)

    def _list_queries(self, user, limit):
        specification = {
            "number": {},
            "name": {},
            "responsible_id": {"fields": {"display_name": {}}},
            "department_id": {"fields": {"display_name": {}}},
            "date_deadline": {},
            "is_late": {},
            "timeliness": {},
            "state": {},
        }
        model = self.env["qms.assignment"].with_user(user)
        model.web_search_read([], specification, limit=limit)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = model.web_search_read([], specification, limit=limit)["records"]
        return self.env.cr.sql_log_count - before, len(rows)

    def test_list_costs_the_same_however_long(self):
        self.env["qms.assignment"].with_user(self.control).create(self._many(100)).action_put_on_control()
        for user in (self.control, self.head_user):
            few, count = self._list_queries(user, 5)
            many, rows = self._list_queries(user, 80)
            self.assertEqual((count, rows), (5, 80))
            self.assertLessEqual(many, few)
