from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TEXT, AppealCase


@tagged("post_install", "-at_install")
class TestFeedbackAppealOutcome(AppealCase):
    def _file(self, user, **vals):
        return self.env["ir.attachment"].with_user(user).create({"name": "photo.txt", "raw": b"The lamp", **vals})

    def test_the_unit_complained_of_does_not_read_what_the_author_said(self):
        appeal = self._assigned("complaint", person=self.other_unit.manager_id, about_department_id=self.unit.id)
        action = appeal.with_user(self.manager).action_raise_nonconformity()
        raised = self.env["qms.nonconformity"].browse(action["res_id"])
        self.assertEqual(raised.responsible_id, self.head)
        self.assertNotIn(TEXT, raised.description or "")
        self.assertFalse(appeal.with_user(self.head_user).has_access("read"))

    def test_an_action_is_planned_at_once_and_its_head_called(self):
        appeal = self._assigned(service_id=self.service.id, person=self.other_unit.manager_id)
        self.assertEqual(appeal.action_raise_action()["res_model"], "qms.reason.wizard")
        self.assertFalse(appeal.action_ids)
        appeal.action_raise_action("Replace the lamps of the street\nAll of them, before winter.")
        action = appeal.action_ids
        self.assertEqual((action.name, action.state), ("Replace the lamps of the street", "draft"))
        self.assertEqual((action.department_id, action.responsible_id), (self.unit, self.head))
        self.assertEqual(action.sudo().activity_ids.user_id, self.head_user)
        self.assertEqual((action.origin_model, action.origin_id), (appeal._name, appeal.id))
        self.assertTrue(action.with_user(self.manager).has_access("read"))
        self.assertEqual(appeal.action_count, 1)
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_raise_action("Replace them")

    def test_with_corruption_no_action_of_its_own(self):
        appeal = self._assigned("complaint")
        appeal.with_user(self.head_user).action_hand_over_corruption()
        with self.assertRaisesRegex(UserError, "seen by others"):
            appeal.with_user(self.users["commissioner"]).action_raise_action("Replace him")

    def test_whoever_handles_corruption_can_write_to_the_author(self):
        appeal = self._assigned("complaint", author_address="Main Street 1")
        appeal.with_user(self.head_user).action_hand_over_corruption()
        self.assertEqual(appeal.with_user(self.users["commissioner"]).author_address, "Main Street 1")

    def test_unrated_answers_don_t_lower_the_average(self):
        rated, unrated = self._answered(), self._answered()
        rated.sudo()._rate_answer(4, "solved")
        domain = [("id", "in", (rated | unrated).ids)]
        self.assertEqual(self.env["feedback.appeal"]._read_group(domain, [], ["answer_score:avg"]), [(4,)])

    def test_an_answer_after_the_term_stays_late(self):
        appeal, other = self._assigned(), self._answered()
        appeal.sudo()._transition({"state": "assigned", "date_deadline": self.company._qms_today() - timedelta(days=1)})
        headed = appeal.with_user(self.head_user)
        headed.answer = "Repaired"
        headed.action_submit_answer()
        appeal.with_user(self.manager).action_approve()
        found = self.env["feedback.appeal"].search([("was_late", "=", True), ("id", "in", (appeal | other).ids)])
        self.assertEqual(found, appeal.with_env(self.env))

    def test_who_came_with_paper_gets_a_receipt_too(self):
        appeal = self._registered()
        code = appeal.action_issue_receipt()["context"]["default_code"]
        self.assertEqual(appeal._by_receipt(self.company, code), appeal.sudo())
        dialog = self.env["feedback.appeal.receipt"].with_user(self.operator).with_context(default_code=code)
        self.assertFalse(dialog.web_save({}, {"code": {}}), "a browser that leaves the dialog stores nothing")
        self.assertNotIn(code, "".join(appeal.sudo().message_ids.mapped("body")))
        self.assertEqual(appeal.sudo().message_ids[0].author_id, self.operator.partner_id)
        with self.assertRaises(AccessError):
            # It would take the place of the author's own.
            appeal.action_issue_receipt()
        appeal.with_user(self.manager).action_issue_receipt()
        self.assertFalse(appeal._by_receipt(self.company, code), "the code before is void")
        with self.assertRaises(AccessError):
            self._assigned().with_user(self.head_user).action_issue_receipt()

    def test_what_the_author_sent_is_neither_replaced_nor_deleted(self):
        file = self._file(self.operator)
        appeal = self._assigned(attachment_ids=[(4, file.id)])
        for user in (self.head_user, self.manager, self.operator):
            sent = appeal.with_user(user).attachment_ids
            self.assertEqual(sent.raw, b"The lamp")
            for attack in (lambda sent=sent: sent.write({"raw": b"Nothing"}), sent.unlink):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    attack()
        own = self._file(self.head_user, res_model=appeal._name, res_id=appeal.id)
        own.unlink()

    def test_no_file_goes_out_that_its_sender_may_not_read(self):
        secret = self._file(self.stranger)
        appeal = self._assigned().with_user(self.head_user)
        with self.assertRaises(AccessError):
            appeal.answer_attachment_ids = [(4, secret.id)]
        own = self._file(self.head_user)
        appeal.answer_attachment_ids = [(4, own.id)]
        self.assertEqual((own.res_model, own.res_id), (appeal._name, appeal.id))
