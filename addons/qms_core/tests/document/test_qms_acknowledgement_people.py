from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.qms_core.models.document import qms_acknowledgement_assign
from odoo.addons.qms_core.models.document.qms_document_bound import QmsDocument

from .acknowledgement_common import AcknowledgementCase


class TestQmsAcknowledgementPeople(AcknowledgementCase):
    """People come, move, leave and go on leave; what they have to read follows them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._document(distribution_ids=cls._to_unit())

    def _leave(self, employee, start, end):
        """Human resources enter a leave in the working calendar."""
        return (
            self.env["resource.calendar.leaves"]
            .sudo()
            .create(
                {
                    "name": "Leave",
                    "resource_id": employee.resource_id.id,
                    "calendar_id": self.company.resource_calendar_id.id,
                    "date_from": datetime.combine(self.today + timedelta(days=start), time(6)),
                    "date_to": datetime.combine(self.today + timedelta(days=end), time(12)),
                }
            )
        )

    def test_a_newcomer_is_asked_with_a_term_of_his_own(self):
        self._in_force(self.document)
        newcomer = self._person("Newcomer", self.stranger)
        self._night(days=5)
        row = self._row(self.document, newcomer)
        self.assertEqual(row.date_deadline, self.today + timedelta(days=15))
        self.assertTrue(self._calls(self.stranger))

    def test_who_begins_later_is_asked_when_he_begins(self):
        self._in_force(self.document)
        newcomer = self._person("Newcomer", self.stranger, contract_date_start=self.today + timedelta(days=20))
        self._night(days=5)
        self.assertFalse(self._row(self.document, newcomer))
        self._night(days=20)
        self.assertEqual(self._row(self.document, newcomer).date_deadline, self.today + timedelta(days=30))

    def test_an_archived_process_binds_nobody_whoever_asks(self):
        role = self._role("R-CLERK")
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.clerk.id})
        process = self._process("P-7", owner_role_id=role.id)
        document = self._document(name="Of the process", process_ids=process.ids)
        process.active = False
        self._in_force(document)
        self.assertFalse(self._asked(document), "Not at the approval.")
        self._night()
        self.assertFalse(self._asked(document), "Nor by the cron.")

    def test_what_fails_in_one_authority_keeps_no_other_waiting(self):
        other = self.env["res.company"].create({"name": "Another authority"})
        self._in_force(self.document)
        newcomer = self._person("Newcomer", self.stranger)
        bound_of = QmsDocument._bound_of

        def failing(documents, day):
            if documents.company_id == other:
                raise RuntimeError("boom")
            return bound_of(documents, day)

        strange = self._document(
            name="Elsewhere", company_id=other.id, type_id=self.doc_type.copy({"company_id": other.id}).id
        )
        self._in_force(strange)
        log = "odoo.addons.qms_core.models.document.qms_acknowledgement_assign"
        # The one that fails comes first.
        with (
            patch.object(QmsDocument, "_bound_of", failing),
            patch.object(type(other), "search", lambda _companies, *_args, **_kw: other | self.company),
            self.assertLogs(log, "ERROR"),
        ):
            self._night()
        self.assertTrue(self._row(self.document, newcomer))

    def test_a_run_without_time_is_gone_on_with(self):
        """Each run has time for one step: in the end everything is done, and then the work begins anew."""
        self._in_force(self.document)
        newcomer = self._person("Newcomer", self.stranger)
        places = []

        def progress(*_args, remaining=None, **_kwargs):
            self.env.flush_all()
            if remaining == 0:
                places.append("end")
            return 0

        with patch.object(IrCron, "_commit_progress", progress):
            for _run in range(20 + 4 * self.env["res.company"].search_count([])):
                self.rows._cron_follow()
                if places:
                    break
        self.assertEqual(places, ["end"], "The runs never come to an end.")
        self.assertTrue(self._row(self.document, newcomer))
        self.assertFalse(self.env["ir.config_parameter"].get_param(qms_acknowledgement_assign.PLACE))

    def test_hiring_calls_the_cron(self):
        cron = self.env.ref("qms_core.ir_cron_acknowledgements")
        self.env.cr.precommit.data.pop("qms_acknowledgement_called", None)
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self._person("Newcomer")
        self._person("Another")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(triggers - before, 1, "Once for all that happens together.")

    def test_who_moves_leaves_the_old_and_gets_the_new(self):
        archive = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        other = self._document(name="Archive rules", distribution_ids=self._to_unit(archive))
        self._in_force(self.document)
        self._in_force(other)
        self.clerk.department_id = archive
        self._night()
        former = self._row(self.document, self.clerk, "void")
        self.assertEqual(former.void_reason, "unbound")
        self.assertEqual(self._row(other, self.clerk).state, "open")
        self.assertEqual(self._row(other, self.clerk).department_id, archive)

    def test_a_planned_move_is_followed_when_it_takes_effect(self):
        """Odoo makes a version of the future current by a cron, without a write on the employee."""
        role = self._role("R-ARCH")
        document = self._document(
            name="Archive rules", distribution_ids=[(0, 0, {"target": "role", "role_id": role.id})]
        )
        self._in_force(document)
        self.env["qms.role.holder"].create(
            {"role_id": role.id, "employee_id": self.clerk.id, "date_from": self.today + timedelta(days=7)}
        )
        self._night(days=6)
        self.assertFalse(self._asked(document))
        self._night(days=7)
        self.assertEqual(self._asked(document).employee_id, self.clerk)

    def test_who_was_dismissed_is_let_off(self):
        self._in_force(self.document)
        self.clerk.active = False
        self._night(days=1)
        row = self._row(self.document, self.clerk, "void")
        self.assertEqual(row.void_reason, "left")
        self.assertFalse(self._calls(self.clerk_user))

    def test_who_comes_back_is_asked_anew(self):
        self._in_force(self.document)
        self.clerk.active = False
        self._night(days=1)
        self.clerk.active = True
        self._night(days=2)
        self.assertEqual(self._row(self.document, self.clerk, "open").date_deadline, self.today + timedelta(days=12))
        self.assertEqual(len(self._row(self.document, self.clerk, "open", "void")), 2, "What was stays on record.")

    def test_what_was_confirmed_stays_when_the_person_leaves(self):
        self._in_force(self.document)
        row = self._row(self.document, self.clerk)
        row.with_user(self.clerk_user).action_confirm()
        self.clerk.active = False
        self._night(days=1)
        self.assertEqual(row.state, "done")

    # === LEAVE === #

    def test_on_leave_at_the_deadline_it_moves_to_the_return(self):
        self._leave(self.clerk, 8, 20)
        self._in_force(self.document)
        self.assertEqual(self._row(self.document, self.clerk).date_deadline, self.today + timedelta(days=21))
        self.assertEqual(self._row(self.document, self.head).date_deadline, self.today + timedelta(days=10))

    def test_a_leave_entered_later_moves_it_too(self):
        self._in_force(self.document)
        row = self._row(self.document, self.clerk)
        reading = row.reading_id
        self._leave(self.clerk, 8, 20)
        self._night(days=1)
        self.assertEqual(row.date_deadline, self.today + timedelta(days=21))
        self.assertEqual(reading.state, "done", "The call of the old day is gone.")
        self.assertEqual(self._calls(self.clerk_user).date_deadline, self.today + timedelta(days=21))

    def test_an_order_to_act_during_leave_moves_it(self):
        role = self._role("R-CLERK")
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.clerk.id})
        self.env["qms.role.holder"].create(
            {
                "role_id": role.id,
                "employee_id": self.officer.id,
                "kind": "acting",
                "reason": "leave",
                "acted_for_id": self.clerk.id,
                "date_from": self.today,
                "date_to": self.today + timedelta(days=14),
            }
        )
        document = self._document(name="Of the role", distribution_ids=[(0, 0, {"target": "role", "role_id": role.id})])
        self._in_force(document)
        self.assertEqual(self._asked(document).employee_id, self.clerk | self.officer, "Who acts reads it as well.")
        self.assertEqual(self._row(document, self.clerk).date_deadline, self.today + timedelta(days=15))
        self.assertEqual(self._row(document, self.officer).date_deadline, self.today + timedelta(days=10))

    def test_nobody_moves_his_own_deadline_by_a_leave_of_his_own(self):
        """Odoo lets every user enter time off for himself in the working calendar."""
        leave = self._leave(self.clerk, 8, 20)
        self.env.cr.execute(
            "UPDATE resource_calendar_leaves SET create_uid = %s WHERE id = %s", [self.clerk_user.id, leave.id]
        )
        leave.invalidate_recordset()
        self._in_force(self.document)
        self.assertEqual(self._row(self.document, self.clerk).date_deadline, self.today + timedelta(days=10))

    # === CALLS === #

    def test_one_call_a_person_and_day_whatever_number_of_documents(self):
        self._in_force(self.document)
        for index in range(3):
            self._in_force(self._document(name=f"Rule {index}", distribution_ids=self._to_unit()))
        calls = self._calls(self.clerk_user)
        self.assertEqual(len(calls), 1)
        self.assertIn("Rule 1", calls.res_name)
        self.assertEqual(calls.qms_verb, "read")
        reading = self.env["qms.reading"].browse(calls.res_id)
        self.assertEqual(len(reading.acknowledgement_ids), 4)
        for row in reading.acknowledgement_ids:
            self.assertEqual(reading.state, "open")
            row.with_user(self.clerk_user).action_confirm()
        self.assertEqual(reading.state, "done")
        self.assertFalse(self._calls(self.clerk_user))

    def test_the_digest_has_one_line(self):
        self.doc_type.acknowledge_days = 5
        self._in_force(self.document)
        self._in_force(self._document(name="Second", distribution_ids=self._to_unit()))
        staff = self.env["hr.employee"].search([])._staff(chiefs=True)
        due = self.clerk_user._due_duties(staff, self.today + timedelta(days=7))[self.clerk_user]
        self.assertEqual([duty["record"]._name for duty in due], ["qms.reading"])

    def test_reminded_before_and_the_chief_told_after(self):
        self._in_force(self.document)
        deadlines = self.env["qms.deadline.mixin"]._cron_deadlines
        reading = self._row(self.document, self.clerk).reading_id
        self._night(days=8, method=deadlines)
        self.assertTrue(reading.reminded)
        self.assertEqual(reading.activity_ids.user_id, self.clerk_user)
        self._night(days=11, method=deadlines)
        self.assertEqual(reading.activity_ids.user_id, self.clerk_user | self.head_user, "The clerk's chief is told.")
        self.assertTrue(reading.with_user(self.head_user).has_access("read"))

    def test_a_stand_in_does_not_read_for_another(self):
        role = self._role("R-CLERK")
        acting = {
            "role_id": role.id,
            "employee_id": self.officer.id,
            "kind": "acting",
            "acted_for_id": self.clerk.id,
            "date_from": self.today,
        }
        self.env["qms.role.holder"].create(acting)
        document = self._document(
            name="By name", distribution_ids=[(0, 0, {"target": "employee", "employee_id": self.clerk.id})]
        )
        self._in_force(document)
        self.assertEqual(self._calls().user_id, self.clerk_user)

    def test_a_hand_over_leaves_reading_out(self):
        self._in_force(self.document)
        handed = [model for _kind, model, _id in self.clerk._open_items(self.today)]
        self.assertNotIn("qms.reading", handed)
        self.assertNotIn("mail.activity", handed)

    def test_nobody_postpones_reading(self):
        self._in_force(self.document)
        reading = self._row(self.document, self.clerk).reading_id
        for user in (self.clerk_user, self.users["coordinator"], self.head_user):
            own = reading.with_user(user)
            self.assertFalse(own._may_postpone())
            with self.subTest(user=user.login), self.assertRaises(Exception) as refusal:
                own._ask_postponement(self.today + timedelta(days=40), "Busy")
            self.assertIn("set for all alike", str(refusal.exception))

    # === PEOPLE WITHOUT A LOGIN === #

    def test_without_a_login_the_officer_is_called_once(self):
        people = self._person("Cook") | self._person("Driver")
        self._in_force(self.document)
        rows = self._asked(self.document).filtered(lambda row: row.employee_id in people)
        self.assertEqual(len(rows), 2)
        self.assertEqual(set(rows.reading_id.mapped("kind")), {"paper"})
        self.assertEqual(rows.reading_id.responsible_id, self.officer)
        calls = self._calls(self.users["quality_officer"])
        self.assertEqual(sorted(calls.mapped("qms_verb")), ["do", "read"], "To have two sign is one duty.")

    def test_who_gets_a_login_is_called_himself(self):
        cook = self._person("Cook")
        self._in_force(self.document)
        cook.user_id = self.stranger
        self._night()
        self.assertEqual(self._row(self.document, cook).reading_id.kind, "own")
        self.assertTrue(self._calls(self.stranger))
        self.assertFalse(
            self._calls(self.users["quality_officer"]).filtered(lambda call: call.qms_verb == "do"),
            "Nobody is left to sign on paper.",
        )
