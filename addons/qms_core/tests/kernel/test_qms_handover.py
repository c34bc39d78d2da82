from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class TestQmsHandover(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.hr = cls.users["hr"]
        cls.role = cls._role("R-QUALITY", kind="commission")
        cls.row = cls.env["qms.role.holder"].create({"role_id": cls.role.id, "employee_id": cls.clerk.id})
        cls.action = cls.env["qms.action"].create(
            {
                "name": "Mend it",
                "company_id": cls.company.id,
                "responsible_id": cls.clerk.id,
                "date_deadline": cls.today + timedelta(days=9),
            }
        )
        cls.action.action_start()

    def _handover(self, user=None, employee=None):
        action = (employee or self.clerk).with_user(user or self.hr).action_qms_hand_over()
        return self.env["qms.handover"].with_user(user or self.hr).browse(action["res_id"])

    def _kinds(self, handover):
        return sorted(handover.line_ids.mapped("kind"))

    def _night(self):
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["qms.role"]._cron_reconcile()

    def test_everything_is_listed_once(self):
        # Approvals are activities of records whose responsible person is somebody else, or nobody.
        process = self._process()
        process._call_to_act(self.clerk_user, self.today, "Read it")
        self.unit.qms_officer_ids |= self.clerk
        handover = self._handover()
        self.assertEqual(self._kinds(handover), ["activity", "duty", "officer", "role"])
        self.assertEqual(handover.successor_id, self.head, "the chief, as nobody acts or deputises")
        self.assertEqual(self._handover(), handover, "the one that waits is opened again")
        self.assertEqual(len(handover.line_ids), 4)

    def test_handing_over(self):
        process = self._process()
        process._call_to_act(self.clerk_user, self.today, "Read it")
        self.unit.qms_officer_ids |= self.clerk
        handover = self._handover()
        handover.line_ids.filtered(lambda line: line.kind == "duty").successor_id = self.officer
        handover.action_hand_over()
        self.assertEqual(self.action.responsible_id, self.officer)
        self.assertEqual(self.action.activity_ids.user_id, self.officer.user_id)
        self.assertIn(handover.number, self.action.message_ids[0].body)
        self.assertEqual(process.activity_ids.user_id, self.head_user)
        self.assertEqual(self.row.date_to, self.today)
        self.assertEqual(self.role._holders(), self.clerk)
        self.assertEqual(self.role._holders(self.today + timedelta(days=1)), self.head)
        self.assertEqual(self.unit.qms_officer_ids, self.officer | self.head)
        self.assertEqual(handover.state, "done")

    def test_successor_is_told_line_by_line(self):
        self._handover().action_hand_over()
        message = self.env["mail.message"].search([("subject", "ilike", "You take over duties")])
        self.assertEqual(message.partner_ids, self.head_user.partner_id)
        self.assertRegex(message.body, r"Mend it<br ?/?>R-QUALITY")

    def test_the_protocol_stays_as_it_is(self):
        handover = self._handover()
        handover.action_hand_over()
        with self.assertRaises(UserError):
            handover.line_ids[0].successor_id = self.officer
        with self.assertRaises(UserError):
            handover.unlink()

    def test_a_duty_needs_a_successor(self):
        handover = self._handover()
        handover.successor_id = False
        with self.assertRaisesRegex(UserError, "Mend it"):
            handover.action_hand_over()
        self.assertEqual(self.action.responsible_id, self.clerk)

    def test_not_to_oneself(self):
        handover = self._handover()
        handover.successor_id = self.clerk
        with self.assertRaisesRegex(UserError, "another person"):
            handover.action_hand_over()

    def test_what_is_taken_off_the_list_stays(self):
        handover = self._handover()
        handover.line_ids.filtered(lambda line: line.kind == "duty").unlink()
        handover.action_hand_over()
        self.assertEqual(self.action.responsible_id, self.clerk)

    def test_role_may_end_without_a_successor(self):
        self.action.sudo().responsible_id = self.head
        handover = self._handover()
        handover.successor_id = False
        handover.action_hand_over()
        self.assertFalse(self.role._holders(self.today + timedelta(days=1)))

    def test_only_hr_and_quality_keepers(self):
        for user in (self.clerk_user, self.head_user, self.users["auditor"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._handover(user)
        handover = self._handover(self.users["coordinator"])
        handover.action_hand_over()
        self.assertEqual(self.action.responsible_id, self.head)

    def test_confidential_duties_are_neither_listed_nor_named(self):
        handover = self._handover()
        line = handover.line_ids.filtered(lambda line: line.kind == "duty")
        self.assertIn("Mend it", line.label)
        self.assertFalse(line.may_open, "names are for human resources, contents are not")
        confidential = patch.object(self.env.registry["qms.action"], "_confidential", True)
        self.startPatcher(confidential)
        line.invalidate_recordset(["label"])
        self.assertNotIn("Mend it", line.label)
        with self.assertRaisesRegex(UserError, "List the duties again"):
            handover.action_hand_over()
        handover.action_collect()
        self.assertEqual(self._kinds(handover), ["role"])

    def test_corruption_is_neither_listed_nor_given_away(self):
        secret = self._nonconformity(name="A gift from an applicant", kind="corruption")
        secret.sudo().responsible_id = self.clerk
        handover = self._handover()
        self.assertNotIn(secret._name, handover.line_ids.mapped("res_model"))
        # The coordinator may read it, so he lists it; what he lists tells human resources nothing.
        handover.with_user(self.users["coordinator"]).action_collect()
        line = handover.line_ids.filtered(lambda line: line.res_model == secret._name)
        self.assertEqual(line.with_user(self.users["coordinator"]).label, secret.display_name)
        self.assertNotIn(secret.number, line.with_user(self.hr).label)
        with self.assertRaisesRegex(UserError, "List the duties again"):
            handover.with_user(self.hr).action_hand_over()
        self.assertEqual(secret.responsible_id, self.clerk)
        handover.with_user(self.users["coordinator"]).action_hand_over()
        self.assertEqual(secret.responsible_id, self.head)

    def test_nobody_chooses_what_a_line_is_about(self):
        handover = self._handover()
        foreign = self._nonconformity()
        item = {"kind": "duty", "res_model": foreign._name, "res_id": foreign.id}
        for lines in (handover.line_ids, handover.line_ids.with_context(qms_listing=True), handover.line_ids.sudo()):
            with self.assertRaises(AccessError):
                lines.create({"handover_id": handover.id, **item})
            for name, value in item.items():
                with self.assertRaises(AccessError):
                    lines[0].write({name: value})
        other = self._handover(employee=self.officer)
        with self.assertRaises(AccessError):
            handover.line_ids[0].handover_id = other

    def test_what_is_with_somebody_else_by_now_is_not_handed_over(self):
        handover = self._handover()
        self.action.sudo().responsible_id = self.officer
        with self.assertRaisesRegex(UserError, "List the duties again"):
            handover.action_hand_over()
        self.assertEqual(self.action.responsible_id, self.officer)
        handover.action_collect()
        handover.action_hand_over()
        self.assertEqual((self.action.responsible_id, handover.state), (self.officer, "done"))

    def test_another_person_has_another_list(self):
        handover = self._handover()
        items = [line._item() for line in handover.line_ids]
        handover.employee_id = self.clerk
        self.assertEqual([line._item() for line in handover.line_ids], items)
        handover.employee_id = self.officer
        self.assertEqual(handover.line_ids.mapped("kind"), ["officer"])

    def test_other_authorities_see_nothing(self):
        handover = self._handover()
        self.assertFalse(self._abroad("qms.handover").search([("id", "=", handover.id)]))
        self.assertFalse(self._abroad("qms.handover.line").search([("handover_id", "=", handover.id)]))

    # === THE NIGHT === #

    def test_night_finds_who_left(self):
        self.clerk.action_archive()
        self._night()
        handover = self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)])
        self.assertEqual(handover.reason, "leaving")
        self.assertEqual(handover.activity_ids.user_id, self.hr)
        self._night()
        self.assertEqual(self.env["qms.handover"].search_count([("employee_id", "=", self.clerk.id)]), 1)
        handover.with_user(self.hr).action_collect()
        handover.successor_id = self.head
        handover.with_user(self.hr).action_hand_over()
        self.assertFalse(handover.activity_ids)
        self.assertEqual(self.action.responsible_id, self.head)
        self._night()
        self.assertEqual(self.env["qms.handover"].search_count([("employee_id", "=", self.clerk.id)]), 1)

    def test_night_finds_who_moved(self):
        job = self.env["hr.job"].create({"name": "Clerk", "company_id": self.company.id})
        self.clerk.job_id = job
        position = self._role("R-CLERK", job_ids=[(6, 0, job.ids)])
        self._night()
        self.assertFalse(self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)]))
        self.clerk.job_id = False
        self._night()
        self.assertFalse(position._holders())
        self.assertEqual(self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)]).reason, "move")

    def test_night_asks_nothing_of_who_has_nothing_in_hand(self):
        job = self.env["hr.job"].create({"name": "Guard", "company_id": self.company.id})
        self.officer.job_id = job
        self.unit.qms_officer_ids = False
        self._role("R-GUARD", job_ids=[(6, 0, job.ids)])
        self._night()
        self.officer.job_id = False
        self._night()
        self.assertFalse(self.env["qms.handover"].search([("employee_id", "=", self.officer.id)]))

    def test_decided_not_needed_is_not_asked_again(self):
        self.clerk.action_archive()
        self._night()
        handover = self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)])
        handover.with_user(self.hr).action_cancel()
        self.assertTrue(self.row.date_to, "who left holds no role any more")
        self._night()
        self.assertEqual(self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)]), handover)

    # === SUBSTITUTES === #

    def test_substitute(self):
        self.assertEqual(self.clerk._substitute(), self.head)
        deputy = {"role_id": self.role.id, "employee_id": self.officer.id, "kind": "deputy"}
        self.env["qms.role.holder"].create(deputy)
        self.assertEqual(self.clerk._substitute(), self.officer)
        other = self._employee(self.stranger)
        self.env["qms.role.holder"].create(
            {
                "role_id": self.role.id,
                "employee_id": other.id,
                "kind": "acting",
                "acted_for_id": self.clerk.id,
                "date_from": self.today,
            }
        )
        self.assertEqual(self.clerk._substitute(), other)

    def test_substitute_is_of_the_authority_and_at_work(self):
        abroad = self.env["hr.employee"].create({"name": "Abroad", "company_id": self.other_company.id})
        self.clerk.sudo().write({"parent_id": abroad.id, "department_id": False})
        self.assertFalse(self.clerk._substitute())
        self.clerk.parent_id = self.head
        self.assertEqual(self.clerk._substitute(), self.head)
        self.head.departure_date = self.today - timedelta(days=1)
        self.assertFalse(self.clerk._substitute())

    def test_a_chief_in_another_authority_does_not_stop_the_night(self):
        abroad = self.env["hr.employee"].create({"name": "Abroad", "company_id": self.other_company.id})
        self.clerk.sudo().write({"parent_id": abroad.id, "department_id": False})
        self.clerk.action_archive()
        self._night()
        handover = self.env["qms.handover"].search([("employee_id", "=", self.clerk.id)])
        self.assertEqual((handover.reason, handover.successor_id.id), ("leaving", False))

    def test_one_authority_does_not_keep_the_others_waiting(self):
        self.env["qms.role"].create({"name": "A", "code": "A", "company_id": self.other_company.id})
        called = []

        def failing(handovers, company):
            called.append(company)
            raise ValueError(company.name)

        with (
            patch.object(self.env.registry["qms.handover"], "_call_for", failing),
            mute_logger("odoo.addons.qms_core.models.kernel.qms_role_staff"),
        ):
            self._night()
        self.assertLessEqual({self.company, self.other_company}, set(called))
