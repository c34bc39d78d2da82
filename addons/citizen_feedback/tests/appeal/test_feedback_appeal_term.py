from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AppealCase

MONDAY = date(2026, 3, 2)


@tagged("post_install", "-at_install")
class TestFeedbackAppealTerm(AppealCase):
    def setUp(self):
        super().setUp()
        self.today = MONDAY
        self.startPatcher(patch.object(type(self.env.company), "_qms_today", lambda company: self.today))

    def _on_monday(self, kind="application", **vals):
        return self._registered(kind, date_received=self._moment(MONDAY), **vals)

    def test_terms_of_ukraine(self):
        appeal = self._on_monday()
        self.assertEqual(appeal.registration_due, date(2026, 3, 3))
        self.assertEqual(appeal.date_deadline, date(2026, 4, 2), "one month")
        self.assertEqual(appeal.forwarding_due, date(2026, 3, 7), "five calendar days")
        self.assertEqual(self._on_monday(is_simple=True).date_deadline, date(2026, 3, 17), "fifteen days")
        self.assertEqual(self._on_monday("information").date_deadline, date(2026, 3, 9), "five working days")

    def test_terms_of_russia_are_counted_from_the_registration(self):
        self.env.ref("citizen_feedback.legal_profile_ru").with_user(self.manager).action_follow()
        kind = self.env.ref("citizen_feedback.appeal_kind_ru_complaint")
        appeal = self._appeal(kind_id=kind.id, date_received=self._moment(MONDAY), author_address="Main Street 1")
        self.assertEqual(appeal.registration_due, date(2026, 3, 5))
        self.today = date(2026, 3, 4)
        appeal.action_register()
        self.assertEqual(appeal.date_deadline, date(2026, 4, 3))
        self.assertEqual(appeal.forwarding_due, date(2026, 3, 11))

    def test_the_registration_day_of_the_authoritys_own_documents_counts(self):
        self.today = date(2026, 3, 6)
        appeal = self._on_monday(document_number="17", document_date="2026-03-03")
        self.assertEqual(appeal.date_registered, date(2026, 3, 3))
        for wrong in ("2026-03-01", "2026-03-07"):
            with self.subTest(day=wrong), self.assertRaisesRegex(UserError, "can't be registered"):
                self._on_monday(document_date=wrong)

    def test_extension_is_once_and_told_to_the_author(self):
        appeal = self._on_monday().with_user(self.users["top_management"])
        self.assertEqual(appeal.action_extend()["res_model"], "qms.reason.wizard")
        appeal.action_extend("The lamp has to be ordered.")
        self.assertEqual(appeal.date_deadline, date(2026, 4, 16), "45 days in all")
        self.assertTrue(appeal.is_extended)
        [line] = appeal.sudo().message_line_ids
        self.assertIn("2026-04-16", line.body)
        self.assertIn("The lamp has to be ordered.", line.body)
        with self.assertRaisesRegex(UserError, "once already"):
            appeal.action_extend("Again")

    def test_what_is_late_is_not_extended(self):
        appeal = self._on_monday().with_user(self.users["top_management"])
        self.today = date(2026, 4, 3)
        with self.assertRaisesRegex(UserError, "ended on 2026-04-02"):
            appeal.action_extend("More time")

    def test_taking_it_up_again_gives_time_only_after_an_answer(self):
        appeal = self._assigned(date_received=self._moment(MONDAY))
        self.today = date(2026, 4, 10)
        appeal.with_user(self.operator).action_withdraw("He phoned")
        appeal.action_reopen("He didn't")
        self.assertEqual(appeal.date_deadline, date(2026, 4, 2))
        self.assertTrue(appeal.is_late)
        answered = self._answered(date_received=self._moment(MONDAY))
        answered.with_user(self.manager).action_reopen("The lamp is out again")
        self.assertEqual(answered.date_deadline, date(2026, 5, 10))

    def test_taken_up_before_it_was_registered(self):
        appeal = self._appeal(date_received=self._moment(MONDAY))
        appeal.action_withdraw("He phoned")
        appeal.with_user(self.manager).action_reopen("He didn't")
        self.assertEqual((appeal.date_registered, appeal.forwarding_due), (MONDAY, date(2026, 3, 7)))

    def test_a_kind_of_another_law_is_no_way_to_other_terms(self):
        appeal = self._appeal(date_received=self._moment(MONDAY))
        with self.assertRaisesRegex(UserError, "no kind of appeal by"):
            appeal.kind_id = self.env.ref("citizen_feedback.appeal_kind_ru_application")

    def test_nothing_is_received_in_the_future(self):
        with self.assertRaisesRegex(UserError, "in the future"):
            self._appeal(date_received=self._moment(date(2026, 3, 3)))

    def test_managers_are_told_once_of_what_nobody_registers(self):
        appeal = self._appeal(date_received=self._moment(MONDAY))
        self._tell_unregistered()
        self.assertNotIn(self.manager, appeal.sudo().activity_ids.user_id, "it may be registered until Tuesday")
        self.today = date(2026, 3, 4)
        self._tell_unregistered()
        self.assertIn(self.manager, appeal.sudo().activity_ids.user_id)
        appeal.sudo().activity_ids.unlink()
        self._tell_unregistered()
        self.assertFalse(appeal.sudo().activity_ids, "once")
        appeal.action_register()
        self.assertFalse(appeal.reminded, "of the answer he is reminded anew")

    def _tell_unregistered(self):
        appeals = self.env["feedback.appeal"].sudo()
        for domain, method in appeals._steps(self.company):
            if method == "_tell_unregistered":
                appeals.search(domain)._tell_unregistered(None)

    def test_until_when_a_refusal_is_told(self):
        self.env.ref("citizen_feedback.legal_profile_ru").with_user(self.manager).action_follow()
        kind = self.env.ref("citizen_feedback.appeal_kind_ru_complaint")
        appeal = self._on_monday(kind_id=kind.id, author_address="Main Street 1").with_user(self.manager)
        self.assertFalse(appeal.refusal_due)
        appeal.refusal_ground_id = self.env.ref("citizen_feedback.refusal_ground_ru_court")
        self.assertEqual(appeal.refusal_due, date(2026, 3, 9))

    def test_who_extends(self):
        appeal = self._on_monday()
        for user in (self.operator, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                appeal.with_user(user).action_extend("More time")
        top = self.users["top_management"]
        mine = self._assigned(person=self._employee(top), date_received=self._moment(MONDAY)).with_user(top)
        with self.assertRaisesRegex(AccessError, "another person"):
            mine.action_extend("More time")
        message = self._on_monday(author_name=False).with_user(top)
        with self.assertRaisesRegex(UserError, "no term by law"):
            message.action_extend("More time")

    def test_a_law_without_extension(self):
        own = self.profile.with_user(self.manager).copy()
        kind = own.kind_ids.filtered(lambda kind: kind.code == "application")
        kind.write({"extension_count": 0, "extension_by": "manager"})
        appeal = self._on_monday(kind_id=kind.id)
        with self.assertRaisesRegex(UserError, "allows no extension"):
            appeal.with_user(self.manager).action_extend("More time")

    def test_forwarding_within_its_term_only(self):
        appeal = self._on_monday().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "to which authority"):
            appeal.action_forward("Not ours")
        appeal.forward_to = "Regional council"
        with self.assertRaises(AccessError):
            appeal.with_user(self.operator).action_forward("Not ours")
        self.today = date(2026, 3, 8)
        with self.assertRaisesRegex(UserError, "could be forwarded until 2026-03-07"):
            appeal.action_forward("Not ours")
        self.today = date(2026, 3, 7)
        appeal.action_forward("The road is the region's.")
        self.assertEqual(appeal.state, "forwarded")
        self.assertIn("Regional council", appeal.message_line_ids.body)

    def test_late_and_reminded(self):
        appeal = self._assigned(date_received=self._moment(MONDAY))
        self.assertFalse(appeal.is_late)
        self.today = date(2026, 4, 3)
        appeal.invalidate_recordset(["is_late"])
        self.assertTrue(appeal.is_late)
        self.assertIn(appeal, appeal.search([("is_late", "=", True)]))

    def test_no_postponement_besides_the_law(self):
        appeal = self._assigned(date_received=self._moment(MONDAY))
        with self.assertRaises(AccessError):
            appeal.with_user(self.users["coordinator"])._check_may_postpone()
        self.assertFalse(appeal.with_user(self.users["coordinator"]).may_postpone)
