import runpy
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from ...models.signal.feedback_signal_raise import FeedbackSignal
from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackSignal(FeedbackCase):
    def _run_cron(self):
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["feedback.signal"]._cron_signals()

    def _signals_of(self, ratings):
        return ratings.sudo().mapped("signal_id")

    def test_cron_raises_one_signal_per_low_rating_once(self):
        low, fine = self._rating(1, comment="Two hours in a queue"), self._rating(4)
        self._run_cron()
        signal = self._signals_of(low)
        self.assertEqual(len(signal), 1)
        self.assertEqual((signal.score, signal.comment), (1, "Two hours in a queue"))
        self.assertFalse(self._signals_of(fine))
        count = self.env["feedback.signal"].sudo().search_count([])
        self._run_cron()
        self.assertEqual(self.env["feedback.signal"].sudo().search_count([]), count)

    def test_head_gets_one_activity_with_the_deadline(self):
        with patch.object(type(self.env.company), "_qms_today", lambda company: date(2026, 3, 6)):
            signal = self._signal()
        self.assertEqual(signal.responsible_id, self.head)
        self.assertEqual(signal.date_deadline, date(2026, 3, 11), "Friday: Monday, Tuesday, Wednesday.")
        activity = signal.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.head_user, date(2026, 3, 11)))

    def test_head_reads_his_own_language_whatever_the_night_job_speaks(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.head_user.lang = "uk_UA"
        low = self._rating(1)
        self._run_cron()
        self.env.invalidate_all()
        signal = self._signals_of(low)
        self.assertIn("Оцінка 1 за послугу", signal.activity_ids.res_name)
        self.assertEqual(signal.activity_ids.summary, "Підтвердити або відхилити сигнал про низьку оцінку")
        self.assertIn("Mark 1 for", signal.with_context(lang="en_US").display_name)

    def test_head_answers_from_his_day(self):
        signal = self._signal()
        day = self.env["qms.day"].with_user(self.head_user)
        [line] = [line for section in day.get_day()["sections"] for line in section["lines"]]
        self.assertEqual(line["verb"], "answer")
        self.assertEqual(
            [method for method, _label in line["buttons"]], ["action_confirm", "action_dismiss", "action_false_alarm"]
        )
        dialog = day.complete(line["id"], "action_dismiss")
        self.assertEqual((dialog["target"], signal.state), ("new", "new"), "the reason is still to be told")
        self.assertFalse(day.complete(line["id"], "action_confirm"))
        self.assertEqual(signal.state, "confirmed")

    def test_holidays_of_the_authority_move_the_deadline(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-03-08 22:00:00",
                "date_to": "2026-03-10 00:00:00",
            }
        )
        with patch.object(type(self.env.company), "_qms_today", lambda company: date(2026, 3, 6)):
            self.assertEqual(self.env["feedback.signal"]._answer_deadline(self.company), date(2026, 3, 12))

    def test_bad_row_does_not_stop_the_others(self):
        bad, good = self._rating(1), self._rating(2)
        original = FeedbackSignal._told

        def failing(signals, rule, ratings):
            if bad.id in ratings.ids:
                signals.env.cr.execute("SELECT 1 / 0")
            return original(signals, rule, ratings)

        with (
            patch.object(FeedbackSignal, "_told", failing),
            mute_logger("odoo.sql_db", "odoo.addons.citizen_feedback.models.signal.feedback_signal_raise"),
        ):
            self._run_cron()
        self.assertTrue(self._signals_of(good))
        self.assertTrue(bad.awaits_signal)
        self._run_cron()
        self.assertTrue(self._signals_of(bad))

    def test_service_without_unit_has_a_signal_without_head(self):
        service = self._service("T-02", self.env["hr.department"])
        signal = self._signal(service_id=service.id)
        self.assertEqual(len(signal), 1)
        self.assertFalse(signal.responsible_id)
        self.assertIn(self.manager, signal.activity_ids.user_id, "asked who answers")
        signal.with_user(self.manager).action_dismiss("Nobody's service")
        self.assertEqual(signal.state, "dismissed")

    def test_head_confirms_as_a_nonconformity_of_his_unit(self):
        signal = self._signal(comment="<script>alert(1)</script>").with_user(self.head_user)
        self.assertTrue(signal.may_decide)
        action = signal.action_confirm()
        nonconformity = self.env["qms.nonconformity"].browse(action["res_id"])
        self.assertEqual(signal.state, "confirmed")
        self.assertEqual(signal.nonconformity_ids, nonconformity.with_user(self.head_user))
        self.assertEqual((nonconformity.origin_model, nonconformity.origin_id), (signal._name, signal.id))
        self.assertEqual(nonconformity.responsible_id, self.head)
        self.assertEqual(
            (nonconformity.kind, nonconformity.severity, nonconformity.state), ("service", "major", "analysis")
        )
        self.assertFalse(signal.activity_ids)
        self.assertEqual(signal.decided_by_id, self.head_user)
        with self.assertRaises(UserError):
            signal.action_confirm()
        with self.assertRaises(UserError):
            signal.action_dismiss("Second thoughts")

    def test_dismissal_needs_a_reason(self):
        signal = self._signal().with_user(self.head_user)
        action = signal.action_dismiss()
        self.assertEqual(action["res_model"], "qms.reason.wizard")
        self.assertEqual(signal.state, "new")
        signal.action_dismiss("Rated by mistake, the visitor called.")
        self.assertEqual(signal.state, "dismissed")
        self.assertFalse(signal.nonconformity_ids)

    def test_false_alarm_needs_a_reason_and_who_may_answer(self):
        signal = self._signal()
        with self.assertRaises(AccessError):
            signal.with_user(self.other_head_user).action_false_alarm("Not true")
        signal = signal.with_user(self.head_user)
        self.assertEqual(signal.action_false_alarm()["res_model"], "qms.reason.wizard")
        self.assertEqual(signal.state, "new")
        signal.action_false_alarm("A mistyped mark.")
        self.assertEqual((signal.state, signal.dismiss_reason), ("false_alarm", "A mistyped mark."))
        self.assertFalse(signal.nonconformity_ids or signal.activity_ids)
        with self.assertRaises(UserError):
            signal.action_confirm()

    def test_further_marks_join_the_signal_that_waits(self):
        signal = self._signal(2, comment="A long queue", date="2026-03-02 08:00:00")
        calls = signal.activity_ids
        again = self._signal(1, comment="Two hours", date="2026-03-03 08:00:00")
        self.assertEqual(again, signal)
        self.assertEqual((signal.score, len(signal.sudo().feedback_rating_ids)), (1, 2))
        self.assertEqual(signal.comment, "Two hours\n\nA long queue")
        self.assertIn("2", signal.basis)
        self.assertEqual(signal.activity_ids, calls, "nobody is called twice")
        signal.with_user(self.head_user).action_dismiss("Explained to both")
        self.assertNotEqual(self._signal(2), signal, "an answered signal is not opened again")

    def test_words_removed_from_a_rating_are_removed_from_its_signal(self):
        signal = self._signal(comment="I am Ivan Petrenko of Oak Street 5")
        signal.with_user(self.head_user).action_dismiss("Explained")
        signal.sudo().feedback_rating_ids._transition({"comment": False})
        self.assertFalse(signal.comment)

    def test_signal_stays_with_the_marks_that_count(self):
        signal = self._signal(1)
        self._signal(2)
        first, second = signal.sudo().feedback_rating_ids.with_user(self.manager)
        first.action_exclude("Double")
        self.assertEqual(signal.state, "new")
        second.action_exclude("Double")
        self.assertEqual(signal.state, "dismissed")

    def test_signals_of_earlier_releases_get_their_rule(self):
        signal = self._signal()
        signal._transition({"rule_id": False, "figures": False})
        script = file_path("citizen_feedback/migrations/19.0.1.1.0/post-signal.py")
        runpy.run_path(script)["migrate"](self.env.cr, "19.0.1.0.0")
        self.assertEqual(signal.rule_id.kind, "low")
        self.assertFalse(signal.basis)

    def test_who_may_answer(self):
        for user in (self.users["quality_officer"], self.manager):
            with self.subTest(user=user.login):
                signal = self._signal().with_user(user)
                self.assertTrue(signal.may_decide)
                signal.action_confirm()
                self.assertEqual(signal.nonconformity_ids.responsible_id, self.head)
        signal = self._signal()
        for user in (self.other_head_user, self.operator, self.clerk_user, self.users["top_management"]):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    signal.with_user(user).action_confirm()
                with self.assertRaises(AccessError):
                    signal.with_user(user).action_dismiss("No")
        self.assertEqual(signal.state, "new")

    def test_states_and_contents_are_not_written(self):
        signal = self._signal()
        with self.assertRaises(UserError):
            signal.sudo().write({"state": "dismissed"})
        with self.assertRaises(AccessError):
            signal.with_user(self.head_user).write({"comment": "All was well"})
        signal.with_user(self.head_user).action_dismiss("Checked")
        with self.assertRaises(UserError):
            signal.with_user(self.manager).write({"dismiss_reason": "Other"})

    def test_nobody_rewrites_what_the_visitor_said(self):
        signal = self._signal(comment="Two hours in a queue")
        other = self._service("T-05", self.other_unit)
        for vals in (
            {"comment": "All was well"},
            {"score": 5},
            {"service_id": other.id},
            {"department_id": self.other_unit.id},
            {"date": "2020-01-01 08:00:00"},
            {"feedback_rating_ids": [(5,)]},
            {"company_id": self.other_company.id},
            {"rule_id": False},
            {"kind": "burst"},
            {"figures": {"mark": 5, "count": 1}},
            {"decided_by_id": self.head_user.id},
            {"date_decided": "2020-01-01"},
            {"dismiss_reason": "No"},
        ):
            for user in (self.manager, self.env.user):
                with self.subTest(**vals), self.assertRaises(UserError):
                    signal.with_user(user).write(vals)
        signal.with_user(self.manager).responsible_id = self.other_unit.manager_id
        self.assertEqual((signal.comment, signal.score), ("Two hours in a queue", 1))

    def test_who_stands_in_opens_and_answers(self):
        """Who is called to a signal can read it, and who stands in for the head answers it."""
        signal = self._signal()
        self._clerk_acts_for_head()
        mine = signal.with_user(self.clerk_user)
        self.assertIn(mine, mine.search([]))
        self.assertTrue(mine.may_decide)
        mine.action_dismiss("The visitor called.")
        self.assertEqual(signal.decided_by_id, self.clerk_user)

    def test_units_above_read_and_answer(self):
        middle, low = (self.env["hr.department"].create({"name": name, "company_id": self.company.id}) for name in "AB")
        middle.parent_id, low.parent_id = self.unit, middle
        low.manager_id = self.clerk
        signal = self._signal(service_id=self._service("T-06", low).id)
        self.assertEqual(signal.responsible_id, self.clerk)
        above = signal.with_user(self.head_user)
        self.assertEqual(above.search([("id", "=", signal.id)]), above, "two levels below the head")
        above.action_dismiss("Checked")
        rating = signal.sudo().feedback_rating_ids
        self.assertTrue(rating.with_user(self.head_user).has_access("read"))
        self.assertFalse(rating.with_user(self.other_head_user).has_access("read"))

    def test_who_is_called_reads(self):
        signal = self._signal()
        called = signal.with_user(self.stranger)
        self.assertFalse(called.has_access("read"))
        signal.sudo()._call_to_act(self.stranger, signal.date_deadline, "Hand this over")
        self.assertTrue(called.has_access("read"))
        self.assertFalse(called.may_decide, "to be called is no right to answer")

    def test_a_signal_that_reaches_nobody_is_given_away_by_a_manager(self):
        signal = self._signal()
        self.head.active = False
        self.assertEqual(signal.sudo().activity_ids.user_id, self.manager, "coordinators can't give it away")
        signal.with_user(self.manager).responsible_id = self.other_unit.manager_id
        self.assertEqual(signal.sudo().activity_ids.user_id, self.other_head_user)
