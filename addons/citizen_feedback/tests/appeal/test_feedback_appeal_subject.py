from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import AppealCase


@tagged("post_install", "-at_install")
class TestFeedbackAppealSubject(AppealCase):
    def test_never_to_the_person(self):
        appeal = self._registered("complaint", about_employee_id=self.clerk.id).with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "can't answer it"):
            appeal.responsible_id = self.clerk
        appeal.responsible_id = self.head
        appeal.action_assign()
        self.assertEqual(appeal.state, "assigned")

    def test_never_to_the_unit_nor_to_one_of_its_people(self):
        section = self.env["hr.department"].create(
            {"name": "Window 1", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        appeal = self._registered("complaint", about_department_id=self.unit.id).with_user(self.manager)
        for vals in (
            {"department_id": self.unit.id},
            {"department_id": section.id},
            {"responsible_id": self.clerk.id},
            {"responsible_id": self.head.id},
        ):
            with self.subTest(**vals), self.assertRaises(ValidationError):
                appeal.write(vals)
        appeal.department_id = self.other_unit
        appeal.action_assign()
        self.assertEqual(appeal.responsible_id.user_id, self.other_head_user)

    def test_never_to_the_unit_that_the_person_leads(self):
        appeal = self._registered("complaint", about_employee_id=self.head.id).with_user(self.manager)
        with self.assertRaises(ValidationError):
            appeal.department_id = self.unit

    def test_found_out_later(self):
        appeal = self._assigned("complaint")
        with self.assertRaises(ValidationError):
            appeal.about_employee_id = self.head

    def test_transfer_and_hand_over_respect_it(self):
        appeal = self._assigned("complaint", about_employee_id=self.clerk.id)
        with self.assertRaises(ValidationError):
            appeal.sudo()._hand_over(self.clerk, "He is the successor")

    def test_who_stands_in_does_not_answer_about_himself(self):
        appeal = self._assigned("complaint", about_employee_id=self.clerk.id)
        self._clerk_acts_for_head()
        self.assertFalse(appeal.with_user(self.clerk_user).search([("id", "=", appeal.id)]))
        self.assertFalse(appeal.sudo().with_user(self.clerk_user).sudo()._may_answer())
        with self.assertRaises(AccessError):
            appeal.with_user(self.clerk_user).action_submit_answer()
        other = self._assigned("application")
        self.assertTrue(other.with_user(self.clerk_user).may_answer, "an appeal that is not about him is his")

    def test_calls_never_reach_whom_it_is_about(self):
        appeal = self._assigned("complaint", about_employee_id=self.clerk.id)
        appeal.sudo()._call_to_act(
            self.clerk_user + self.stranger, self.company._qms_today(), lambda record: "Look at this"
        )
        self.assertIn(self.stranger, appeal.sudo().activity_ids.user_id)
        self.assertNotIn(self.clerk_user, appeal.sudo().activity_ids.user_id)

    def test_even_a_manager_does_not_read_what_is_about_him(self):
        about = self._employee(self.manager)
        appeal = self._registered("complaint", about_employee_id=about.id)
        self.assertFalse(appeal.with_user(self.manager).search([("id", "=", appeal.id)]))
        self.assertTrue(appeal.with_user(self.operator).search([("id", "=", appeal.id)]))

    def test_thanks_about_a_person_may_go_to_his_unit(self):
        appeal = self._registered("thanks", about_employee_id=self.clerk.id).with_user(self.manager)
        appeal.department_id = self.unit
        self.assertTrue(appeal.with_user(self.manager).department_id)

    def _only_manager(self):
        group = self.env.ref("citizen_feedback.group_feedback_manager")
        group.user_ids = self.manager

    def test_a_complaint_about_the_only_manager_waits_for_the_coordinator(self):
        self._only_manager()
        about, coordinator = self._employee(self.manager), self.users["coordinator"]
        self.assertFalse(self._registered("complaint").with_user(coordinator).is_manager)
        appeal = self._registered("complaint", about_employee_id=about.id)
        self.assertEqual(appeal.sudo().activity_ids.user_id, coordinator)
        decided = appeal.with_user(coordinator)
        decided.department_id = self.other_unit
        decided.action_assign()
        self.assertEqual(appeal.sudo().responsible_user_id, self.other_head_user)

    def test_nobody_decides_on_a_complaint_about_his_own_unit(self):
        office = self.env["hr.department"].create({"name": "Citizens' Office", "company_id": self.company.id})
        for user in (self.manager, self.operator):
            self._employee(user, department_id=office.id)
        appeal = self._registered("complaint", about_department_id=office.id)
        managed = appeal.with_user(self.manager)
        managed.sudo().refusal_ground_id = self.env.ref("citizen_feedback.refusal_ground_ua_repeated")
        for step in (managed.action_refuse, managed.action_forward, managed.action_withdraw):
            with self.subTest(step=step.__name__), self.assertRaisesRegex(AccessError, "about you"):
                step("No")
        for user in (self.manager, self.operator):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                appeal.with_user(user).about_department_id = False
        with self.assertRaises(AccessError):
            managed.department_id = self.other_unit

    def test_nor_to_who_serves_under_whom_it_is_about(self):
        appeal = self._registered("complaint", about_employee_id=self.head.id).with_user(self.manager)
        appeal.department_id = self.other_unit
        with self.assertRaises(ValidationError):
            appeal.responsible_id = self.clerk

    def test_nor_to_his_unit_while_another_acts_for_him(self):
        self._clerk_acts_for_head()
        appeal = self._registered("complaint", about_employee_id=self.head.id).with_user(self.manager)
        with self.assertRaises(ValidationError):
            appeal.department_id = self.unit

    def test_found_out_after_he_was_called(self):
        self._only_manager()
        about = self._employee(self.manager, department_id=self.other_unit.id)
        appeal = self._registered("complaint")
        self.assertEqual(appeal.sudo().activity_ids.user_id, self.manager)
        appeal.about_employee_id = about
        self.assertEqual(appeal.sudo().activity_ids.user_id, self.users["coordinator"])
        self.assertNotIn(self.manager.partner_id, appeal.sudo().message_partner_ids)

    def test_nobody_calls_him_by_hand(self):
        appeal = self._assigned("complaint", person=self.other_unit.manager_id, about_department_id=self.unit.id)
        calls = self.env["mail.activity"].with_user(self.other_head_user)
        vals = {
            "res_model_id": self.env["ir.model"]._get_id(appeal._name),
            "res_id": appeal.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
        }
        with self.assertRaises(ValidationError):
            calls.create({**vals, "user_id": self.head_user.id})
        call = calls.create({**vals, "user_id": self.stranger.id})
        with self.assertRaises(ValidationError):
            call.user_id = self.head_user
        self.assertFalse(appeal.with_user(self.head_user).has_access("read"))
