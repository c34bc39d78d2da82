from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackRating(FeedbackCase):
    def test_unit_and_authority_come_from_the_service(self):
        rating = self._rating(company_id=self.other_company.id, department_id=self.other_unit.id)
        self.assertEqual((rating.company_id, rating.department_id), (self.company, self.unit))
        self.service.department_id = self.other_unit
        self.assertEqual(rating.department_id, self.unit, "It was the old unit that was rated.")

    def test_consequences_come_from_no_context(self):
        signal = self._signal()
        ratings = self.env["feedback.rating"].with_context(
            default_signal_id=signal.id,
            default_exclude_reason="Forged",
            default_company_id=self.other_company.id,
            default_department_id=self.other_unit.id,
            default_is_low=True,
            default_awaits_signal=True,
        )
        rating = ratings.with_user(self.operator).create({"service_id": self.service.id, "score": 5}).sudo()
        self.assertFalse(rating.signal_id or rating.exclude_reason or rating.is_low or rating.awaits_signal)
        self.assertEqual((rating.company_id, rating.department_id), (self.company, self.unit))

    def test_low_mark_is_the_authority_s(self):
        self.company.qms_low_rating = 3
        ratings = [self._rating(score) for score in (3, 4)]
        self.assertEqual([rating.is_low for rating in ratings], [True, False])
        self.assertEqual([rating.awaits_signal for rating in ratings], [True, False])
        self.assertFalse(self._rating(5, is_low=True, awaits_signal=True).is_low)

    @mute_logger("odoo.sql_db")
    def test_marks_are_within_range(self):
        for vals in ({"score": 0}, {"score": 6}, {"score": 5, "waiting": 9}, {"score": 5, "comment": "x" * 1201}):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._rating(**vals)

    def test_empty_aspect_does_not_count(self):
        ratings = self._rating(waiting=4) | self._rating(waiting=0) | self._rating(waiting=False)
        [[average]] = ratings._read_group([("id", "in", ratings.ids)], [], ["waiting:avg"])
        self.assertEqual(average, 4)

    def test_operator_enters_what_does_not_apply(self):
        waiting = self.env.ref("citizen_feedback.aspect_waiting")
        ease = self.env.ref("citizen_feedback.aspect_ease")
        rating = self._rating(ease=4, inapplicable_aspect_ids=[(6, 0, (waiting | ease).ids)])
        self.assertEqual(rating.inapplicable, "waiting", "an aspect with a mark applies")
        self.assertEqual(rating.inapplicable_aspect_ids, waiting.with_user(self.operator))
        self.assertFalse(self._rating(inapplicable="forged,<b>").inapplicable)

    def test_contact_is_read_by_operators_and_managers_only(self):
        rating = self._rating(contact="050 123", consent_date="2026-03-02 10:00:00")
        for user in (self.operator, self.manager):
            self.assertEqual(rating.with_user(user).contact, "050 123")
        for user in (self.head_user, self.users["coordinator"], self.users["top_management"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rating.with_user(user).read(["contact"])
            self.assertNotIn("contact", rating.with_user(user).read()[0])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._rating(contact="050 123")

    def test_future_date_is_refused(self):
        with self.assertRaises(ValidationError):
            self._rating(date=fields.Datetime.now() + timedelta(days=1))
        self._rating(date=fields.Datetime.now() - timedelta(days=3))

    def test_contents_are_frozen_for_everybody(self):
        rating = self._rating(1)
        for user in (self.operator, self.manager, self.env.user):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                rating.with_user(user).write({"score": 5})
            with self.subTest(user=user.login), self.assertRaises(UserError):
                rating.with_user(user).unlink()
        with self.assertRaises(UserError):
            rating.sudo().write({"comment": "Changed"})
        with self.assertRaises(UserError):
            rating.sudo().write({"state": "excluded"})

    def test_only_the_manager_decides_what_counts(self):
        rating = self._rating(1)
        for user in (self.operator, self.head_user, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rating.with_user(user).action_exclude("I don't like it")
        by_manager = rating.with_user(self.manager)
        by_manager.action_review()
        by_manager.action_accept()
        self.assertEqual(rating.state, "ok")
        by_manager.action_exclude("Advertising")
        self.assertEqual((rating.state, rating.exclude_reason), ("excluded", "Advertising"))
        with self.assertRaises(UserError):
            by_manager.action_accept()

    def test_exclusion_asks_for_a_reason(self):
        rating = self._rating(1).with_user(self.manager)
        action = rating.action_exclude()
        wizard = self.env["qms.reason.wizard"].with_user(self.manager).browse(action["res_id"])
        wizard.reason = "A test of the operator"
        wizard.action_confirm()
        self.assertEqual(rating.exclude_reason, "A test of the operator")

    def test_excluded_rating_raises_no_signal_and_ends_its_own(self):
        waiting = self._rating(1)
        waiting.with_user(self.manager).action_exclude("Spam")
        self.assertFalse(waiting.awaits_signal)
        signal = self._signal()
        signal.sudo().feedback_rating_ids.with_user(self.manager).action_exclude("Spam")
        self.assertEqual(signal.state, "dismissed")
        self.assertIn("Spam", signal.dismiss_reason)
        self.assertFalse(signal.activity_ids)

    def test_intake_is_anonymous_and_cheap(self):
        ratings = self.env["feedback.rating"]
        activities = self.env["mail.activity"].search_count([])
        ratings._intake(self.service, {"score": 1, "channel": "web", "lang": "uk"})
        with self.assertQueryCount(3):  # the row of the rating, whether the cron is active, its trigger
            rating = ratings.with_user(self.clerk_user)._intake(
                self.service, {"score": 1, "channel": "web", "lang": "uk"}
            )
            rating.flush_recordset()
        self.assertEqual(rating.create_uid.id, SUPERUSER_ID)
        self.assertFalse(rating.signal_id)
        self.assertEqual(self.env["mail.activity"].search_count([]), activities)

    def test_low_intake_wakes_the_cron(self):
        cron = self.env.ref("citizen_feedback.ir_cron_signals")
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.env["feedback.rating"]._intake(self.service, {"score": 5, "channel": "web"})
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before)
        self.env["feedback.rating"]._intake(self.service, {"score": 2, "channel": "web"})
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)
