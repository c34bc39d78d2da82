from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TEXT, AppealCase


@tagged("post_install", "-at_install")
class TestFeedbackAppeal(AppealCase):
    def test_the_way_from_receipt_to_closing(self):
        appeal = self._appeal()
        self.assertEqual((appeal.state, appeal.is_identified, appeal.is_message), ("new", True, False))
        self.assertEqual(appeal.activity_ids.user_id, self.operator)
        appeal.action_register()
        self.assertEqual(appeal.state, "registered")
        self.assertIn(self.manager, appeal.activity_ids.user_id)
        managed = appeal.with_user(self.manager)
        managed.department_id = self.unit
        managed.action_assign()
        self.assertEqual(appeal.responsible_id, self.head, "without a person the head of the unit answers")
        self.assertEqual(appeal.activity_ids.user_id, self.head_user)
        headed = appeal.with_user(self.head_user)
        headed.answer = "Repaired."
        headed.action_submit_answer()
        self.assertEqual(appeal.state, "approval")
        managed.action_approve()
        self.assertEqual((appeal.state, appeal.approver_id), ("answered", self.manager))
        self.assertEqual(appeal.message_line_ids.mapped("body"), ["Repaired."])
        self.assertFalse(appeal.activity_ids)
        appeal.action_close()
        self.assertEqual((appeal.state, appeal.is_solved), ("closed", "unknown"), "closed is not solved")

    def test_nobody_approves_his_own_answer(self):
        appeal = self._assigned()
        self.head_user.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        headed = appeal.with_user(self.head_user)
        with self.assertRaisesRegex(UserError, "Write the answer"):
            headed.action_submit_answer()
        headed.answer = "Repaired."
        headed.action_submit_answer()
        with self.assertRaises(AccessError):
            headed.action_approve()
        for user in (self.operator, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                appeal.with_user(user).action_approve()
        appeal.with_user(self.users["top_management"]).action_approve()
        self.assertEqual(appeal.state, "answered")

    def test_an_answer_goes_back_with_a_reason(self):
        appeal = self._assigned().with_user(self.head_user)
        appeal.answer = "No."
        appeal.action_submit_answer()
        with self.assertRaises(AccessError):
            appeal.answer = "Changed while somebody decides"
        managed = appeal.with_user(self.manager)
        self.assertEqual(managed.action_return()["res_model"], "qms.reason.wizard")
        managed.action_return("Say when it will be repaired.")
        self.assertEqual((appeal.state, appeal.return_reason), ("assigned", "Say when it will be repaired."))
        self.assertIn(self.head_user, appeal.activity_ids.user_id)

    def test_nobody_rewrites_what_the_author_said(self):
        appeal = self._appeal()
        for vals in (
            {"text": "All is well"},
            {"author_name": "Somebody else"},
            {"author_contact": "other@example.org"},
            {"date_received": "2020-01-01 08:00:00"},
            {"channel": "phone"},
            {"company_id": self.other_company.id},
            {"state": "closed"},
            {"date_deadline": "2030-01-01"},
            {"is_solved": "solved"},
            {"is_identified": False},
            {"receipt_hash": "x"},
        ):
            for user in (self.operator, self.manager):
                with self.subTest(**vals), self.assertRaises(UserError):
                    appeal.with_user(user).write(vals)
        with self.assertRaises(UserError):
            appeal.sudo().write({"text": "All is well"})
        self.assertEqual(appeal.text, TEXT)
        with self.assertRaises(AccessError):
            appeal.with_user(self.manager).unlink()

    def test_who_writes_what(self):
        appeal = self._assigned()
        for user, vals in (
            (self.head_user, {"responsible_id": self.clerk.id}),
            (self.head_user, {"topic_id": False}),
            (self.operator, {"responsible_id": self.clerk.id}),
            (self.operator, {"answer": "Repaired"}),
            (self.manager, {"answer": "Repaired"}),
            (self.manager, {"kind_id": self.kinds["complaint"].id}),
        ):
            with self.subTest(user=user.login, **vals), self.assertRaises(AccessError):
                appeal.with_user(user).write(vals)
        appeal.with_user(self.head_user).answer = "Repaired"
        appeal.with_user(self.operator).document_number = "B-17/26"
        self.assertEqual(appeal.display_name, "B-17/26 Application (petition)")

    def test_who_sees_what(self):
        appeal = self._assigned()
        line = appeal.sudo()._say("author", "Hello").sudo(False)
        for records in (appeal, line):
            for user in (self.operator, self.manager, self.head_user, self.users["auditor"]):
                self.assertTrue(records.with_user(user).search([("id", "=", records.id)]), user.login)
            for user in (self.other_head_user, self.stranger, self.clerk_user):
                self.assertFalse(records.with_user(user).search([("id", "=", records.id)]), user.login)
        with self.assertRaises(AccessError):
            appeal.with_user(self.head_user).read(["author_contact"])
        self.assertEqual(appeal.with_user(self.manager).author_contact, "olena@example.org")

    def test_other_authority_sees_nothing(self):
        appeal = self._answered()
        for group in ("group_feedback_operator", "group_feedback_manager"):
            self.foreigner.group_ids += self.env.ref(f"citizen_feedback.{group}")
        for model in ("feedback.appeal", "feedback.appeal.message"):
            self.assertFalse(self._abroad(model).search([("company_id", "=", self.company.id)]), model)
        with self.assertRaises(AccessError):
            self._abroad("feedback.appeal").browse(appeal.id).action_close()
        own = self.env["feedback.topic"].create({"name": "Lamps", "code": "L", "company_id": self.company.id})
        self.assertFalse(self._abroad("feedback.topic").search([("id", "=", own.id)]))

    def test_transfer_gives_it_back_to_the_manager(self):
        appeal = self._assigned().with_user(self.head_user)
        appeal.action_transfer("It is the archive's.")
        self.assertEqual((appeal.sudo().state, appeal.sudo().responsible_id), ("registered", self.head.browse()))
        self.assertIn(self.manager, appeal.sudo().activity_ids.user_id)
        self.env.invalidate_all()
        self.assertTrue(appeal.has_access("read"), "he sees what became of it")
        self.assertFalse(appeal.may_answer)
        with self.assertRaises(AccessError):
            self._assigned().with_user(self.other_head_user).action_transfer("Mine")

    def test_assignment_needs_somebody(self):
        appeal = self._registered().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Nobody is named"):
            appeal.action_assign()
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_assign()

    def test_an_operator_assigns_nothing_by_entering_it(self):
        vals = {"responsible_id": self.clerk.id, "department_id": self.unit.id, "date_deadline": "2030-01-01"}
        appeal = self._appeal(**vals, answer="Done", is_corruption=True, date_answered="2026-01-01")
        self.assertFalse(appeal.responsible_id or appeal.department_id or appeal.date_deadline or appeal.answer)
        self.assertFalse(appeal.is_corruption or appeal.date_answered)
        self.assertEqual(self._appeal(user=self.manager, **vals).responsible_id, self.clerk)

    def test_topic_proposes_the_unit(self):
        topic = self.env["feedback.topic"].create(
            {"name": "Lamps", "code": "L", "company_id": self.company.id, "department_id": self.unit.id}
        )
        self.assertEqual(self._registered(topic_id=topic.id).department_id, self.unit)
        complaint = self._registered("complaint", topic_id=topic.id, about_department_id=self.unit.id)
        self.assertFalse(complaint.department_id, "never to the unit it is about")

    def test_thanks_needs_no_author_and_no_answer(self):
        appeal = self._registered("thanks", author_name=False, author_contact=False)
        self.assertFalse(appeal.is_message)
        self.assertFalse(appeal.date_deadline)
        appeal.action_close()
        self.assertEqual(appeal.state, "closed")
        with self.assertRaises(UserError):
            self._registered().action_close()

    def test_not_identified_is_a_message(self):
        for vals in (
            {"author_name": False},
            {"author_contact": False},
            {"author_name": " ", "author_contact": " "},
        ):
            with self.subTest(**vals):
                message = self._appeal(**vals)
                self.assertTrue(message.is_message)
                self.assertIn(message, message.search([("is_message", "=", True)]))
        message.identity = "verified"
        self.assertFalse(message.is_message)
        message.action_register()
        with self.assertRaises(AccessError):
            message.identity = "stated"

    def test_online_the_law_of_russia_asks_for_an_identified_person(self):
        self.env.ref("citizen_feedback.legal_profile_ru").with_user(self.manager).action_follow()
        kind = self.env.ref("citizen_feedback.appeal_kind_ru_application").id
        online = self._appeal(kind_id=kind, channel="web", author_address="Main Street 1")
        self.assertTrue(online.is_message)
        self.assertFalse(self._appeal(kind_id=kind, channel="web", identity="verified").is_message)
        self.assertFalse(self._appeal(kind_id=kind, channel="letter", author_address="Main Street 1").is_message)
        self.assertTrue(self._appeal(kind_id=kind, channel="letter", author_contact="+7 900").is_message)

    def test_refusal_needs_a_ground_of_the_same_law(self):
        appeal = self._registered().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Choose the ground"):
            appeal.action_refuse("Because")
        appeal.refusal_ground_id = self.env.ref("citizen_feedback.refusal_ground_ru_court")
        with self.assertRaisesRegex(UserError, "another law"):
            appeal.action_refuse("Because")
        appeal.refusal_ground_id = self.env.ref("citizen_feedback.refusal_ground_ua_repeated")
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_refuse("Because")
        appeal.action_refuse("Answered on 2 March, No. 17.")
        self.assertEqual((appeal.state, appeal.refusal_reason), ("refused", "Answered on 2 March, No. 17."))
        self.assertIn("Answered on 2 March, No. 17.", appeal.message_line_ids.body)
        self.assertFalse(appeal.activity_ids)

    def test_withdrawn_and_taken_up_again(self):
        appeal = self._assigned()
        appeal.with_user(self.operator).action_withdraw("Phoned on Monday")
        self.assertEqual(appeal.state, "withdrawn")
        self.assertFalse(appeal.activity_ids)
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_reopen("Phoned again")
        appeal.action_reopen("Phoned again")
        self.assertEqual((appeal.state, appeal.reopen_count), ("assigned", 1))

    def test_nonconformity_of_an_appeal(self):
        appeal = self._assigned("complaint", service_id=self.service.id)
        action = appeal.with_user(self.head_user).action_raise_nonconformity()
        nonconformity = self.env["qms.nonconformity"].browse(action["res_id"])
        self.assertEqual((nonconformity.kind, nonconformity.service_id), ("complaint", self.service))
        self.assertEqual(appeal.with_user(self.manager).nonconformity_ids, nonconformity)
        self.assertNotIn("Bondar", nonconformity.name + nonconformity.origin_label)
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_raise_nonconformity()

    def test_corruption_goes_to_the_coordinator_and_the_commissioner(self):
        appeal = self._assigned("complaint")
        appeal.with_user(self.head_user).action_hand_over_corruption()
        self.env.invalidate_all()
        coordinator, commissioner = self.users["coordinator"], self.users["commissioner"]
        for user in (self.operator, self.manager, self.head_user, self.users["auditor"], self.users["top_management"]):
            self.assertFalse(appeal.with_user(user).search([("id", "=", appeal.id)]), user.login)
        self.assertIn(appeal.sudo(), appeal.sudo().search(appeal._confidential_domain()))
        seen = appeal.with_user(coordinator)
        self.assertTrue(seen.search([("id", "=", appeal.id)]))
        self.assertEqual(seen.sudo().activity_ids.user_id, coordinator + commissioner)
        self.assertFalse(seen.sudo().responsible_id)
        seen.responsible_id = self.officer
        seen.action_assign()
        action = seen.action_raise_nonconformity()
        nonconformity = self.env["qms.nonconformity"].browse(action["res_id"])
        self.assertEqual(nonconformity.kind, "corruption")
        self.assertFalse(nonconformity.origin_id, "it would lead back to who reported")

    def test_counts_by_topic_and_territory_include_their_parts(self):
        city, street = self.env["feedback.territory"].create(
            [
                {"name": name, "code": name, "company_id": self.company.id, "population": people}
                for name, people in (("City", 2000), ("Street", 0))
            ]
        )
        street.parent_id = city
        self._appeal(territory_id=street.id)
        self._appeal(territory_id=city.id)
        (city + street).invalidate_recordset()
        counted = city.with_user(self.manager)
        self.assertEqual((counted.appeal_count, counted.open_count, counted.rate), (2, 2, 1.0))
        self.assertEqual(street.with_user(self.manager).appeal_count, 1)
        with self.assertRaises(UserError):
            city.parent_id = street
