from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from ...models.signal.feedback_rule_watch import FeedbackRule
from .rule_common import RuleCase


@tagged("post_install", "-at_install")
class TestFeedbackRule(RuleCase):
    def test_new_authority_gets_the_shipped_rules_once(self):
        company = self.env["res.company"].create({"name": "City C"})
        rules = self.env["feedback.rule"].sudo().search([("company_id", "=", company.id)])
        self.assertEqual(rules.mapped("kind"), ["low", "keyword", "burst", "trend", "overdue"])
        rules[0].active = False
        rules[1:].unlink()
        self.env["feedback.rule"]._ship()
        kept = self.env["feedback.rule"].sudo().with_context(active_test=False)
        self.assertEqual(kept.search([("company_id", "=", company.id)]), rules[0], "what was taken away stays away")

    def test_limits_that_make_no_sense(self):
        for vals in (
            {"kind": "low", "mark": 3},
            {"kind": "burst", "window_days": 0},
            {"kind": "burst", "window_days": 400},
            {"kind": "trend", "window_days": 14},
            {"kind": "keyword"},
            {"kind": "keyword", "words": " \n…\n"},
            {"kind": "keyword", "words": "у"},
        ):
            with self.subTest(**vals), self.assertRaises(ValidationError):
                self._rule(**vals)

    def test_numbers_out_of_range(self):
        for vals in (
            {"kind": "low", "mark": 9},
            {"kind": "burst", "chance": 0},
            {"kind": "burst", "chance": 0.9},
            {"kind": "trend", "fall": -1, "window_days": 84},
            {"kind": "overdue", "minimum": 0},
            {"kind": "low", "daily_limit": 0},
            {"kind": "low", "answer_days": -1},
            {"kind": "low", "pause_days": -1},
        ):
            with self.subTest(**vals), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                self._rule(**vals)

    def test_low_rule_of_one_unit_leaves_the_others(self):
        other = self._service("T-07", self.other_unit)
        rule = self._rule("low", department_ids=[(6, 0, self.other_unit.ids)])
        here, there = self._rating(1), self._rating(1, service_id=other.id)
        signals = self.env["feedback.signal"].sudo()._raise_from_ratings((here | there).sudo())
        self.assertEqual((signals.rule_id, signals.service_id), (rule.sudo(), other.sudo()))
        self.assertFalse(here.sudo().awaits_signal, "no rule is for it: it waits no more")
        self.assertFalse(here.sudo().signal_id)

    def test_rule_of_lower_marks(self):
        self._rule("low", mark=1)
        signals = self.env["feedback.signal"].sudo()
        self.assertFalse(signals._raise_from_ratings(self._rating(2).sudo()))
        self.assertTrue(signals._raise_from_ratings(self._rating(1).sudo()))

    def test_one_unit_gets_so_many_signals_a_day_and_one_with_the_rest(self):
        self._rule("low", daily_limit=2)
        services = [self._service(f"T-1{index}", self.unit) for index in range(5)]
        ratings = self.env["feedback.rating"].browse(self._rating(1, service_id=service.id).id for service in services)
        signals = self.env["feedback.signal"].sudo()._raise_from_ratings(ratings.sudo())
        self.assertEqual(len(signals), 3)
        rest = signals.filtered(lambda signal: not signal.service_id)
        self.assertEqual((len(rest.feedback_rating_ids), rest.department_id), (3, self.unit.sudo()))
        self.assertIn(self.unit.name, rest.display_name)
        more = self._rating(1, service_id=self._service("T-16", self.unit).id)
        self.assertEqual(self.env["feedback.signal"].sudo()._raise_from_ratings(more.sudo()), rest)

    def test_burst_against_a_quiet_past(self):
        rule = self._rule("burst", minimum=3)
        self._ratings([1, 2, 5, 5])
        self.assertFalse(self._watch(rule), "two low marks are no three")
        third = self._ratings([2])
        signal = self._watch(rule)
        self.assertEqual((signal.kind, signal.service_id, signal.responsible_id), ("burst", self.service, self.head))
        self.assertEqual((signal.figures["count"], signal.figures["earlier"]), (3, 0))
        self.assertIn(third, signal.sudo().basis_rating_ids.sudo(False))
        self.assertIn("3", signal.basis)
        self.assertFalse(self._watch(rule) - signal)
        self._ratings([1])
        self.assertEqual(self._watch(rule), signal)
        self.assertEqual(signal.figures["count"], 4)
        self.assertEqual(len(signal.activity_ids), 1)

    def test_no_burst_where_so_many_are_usual(self):
        rule = self._rule("burst", minimum=3)
        for day in range(2, 60):
            self._ratings([2, 1], days=day)
        self._ratings([1, 2, 2])
        self.assertFalse(self._watch(rule))

    def test_answered_burst_pauses(self):
        rule = self._rule("burst", minimum=3, pause_days=7)
        self._ratings([1, 1, 1])
        signal = self._watch(rule)
        signal.with_user(self.head_user).action_confirm()
        self._ratings([1])
        self.assertFalse(self._watch(rule))
        day = self.company._qms_today() + timedelta(days=8)
        with patch.object(type(self.company), "_qms_today", lambda company: day):
            self.assertEqual(len(self._watch(rule)), 1)

    def test_marks_that_do_not_count_make_no_burst(self):
        rule = self._rule("burst", minimum=3)
        ratings = self._ratings([1, 1, 1])
        ratings[0].with_user(self.manager).action_review()
        self.assertFalse(self._watch(rule))

    def test_falling_average(self):
        rule = self._rule("trend", window_days=84, chance=0.05)
        for week in range(12):
            # 4.7 twelve weeks ago, 3.3 last week
            self._ratings([5, 5, 4] if week > 7 else [4, 4, 4] if week > 3 else [3, 4, 3], days=week * 7 + 2)
        signal = self._watch(rule)
        self.assertEqual((signal.kind, signal.service_id), ("trend", self.service))
        self.assertLess(signal.figures["change"], -0.5)
        self.assertIn("→", signal.basis)
        action = signal.with_user(self.head_user).action_view_marks()
        self.assertEqual(self.env["feedback.rating"].search_count(action["domain"]), 36)

    def test_steady_or_rising_average_is_no_signal(self):
        rule = self._rule("trend", window_days=84, chance=0.05)
        for week in range(12):
            self._ratings([3, 3, 3] if week > 5 else [5, 4, 5], days=week * 7 + 2)
        self.assertFalse(self._watch(rule))

    def test_words_are_found_whatever_their_ending_and_once(self):
        rule = self._rule("keyword", words="черг\nне пуска", employee_id=self.clerk.id)
        self._rating(5, comment="Дякую, усе швидко")
        self._rating(4, comment="Величезна ЧЕРГА, та ще й без черги не пускали")
        signal = self._watch(rule)
        self.assertEqual((signal.figures["words"], signal.responsible_id), (["черг", "не пуска"], self.clerk))
        self.assertFalse(self._watch(rule), "the same comment is found once")
        signal.with_user(self.clerk_user).action_dismiss("Told the visitor")
        self.assertFalse(self._watch(rule))
        self._rating(3, comment="Знову черга")
        self.assertEqual(len(self._watch(rule)), 1)

    def test_words_removed_from_a_rating_are_removed_from_the_signal(self):
        rule = self._rule("keyword", words="черг")
        rating = self._rating(3, comment="Черга. Петренко, вулиця Дубова, 5")
        signal = self._watch(rule)
        self.assertIn("Петренко", signal.comment)
        rating.sudo()._transition({"comment": False})
        self.assertFalse(signal.comment)

    def test_signal_past_the_unit(self):
        rule = self._rule("keyword", words="хабар", past_unit=True)
        self._rating(1, comment="Натякали на хабар")
        signal = self._watch(rule)
        self.assertFalse(signal.department_id or signal.responsible_id)
        self.assertIn(self.manager, signal.activity_ids.user_id)
        for user in (self.head_user, self.users["quality_officer"]):
            self.assertFalse(signal.with_user(user).has_access("read"), user.login)

    def test_late_work_of_a_unit(self):
        """Any model with a deadline, a service and a unit can be a source; here the signals themselves."""
        self._rule("low", daily_limit=9)
        rule = self._rule("overdue", minimum=2, watch="department")
        yesterday = self.company._qms_today() - timedelta(days=1)
        services = [self._service(f"T-2{index}", self.unit) for index in range(2)]
        ratings = self.env["feedback.rating"].browse(self._rating(1, service_id=service.id).id for service in services)
        late = self.env["feedback.signal"].sudo()._raise_from_ratings(ratings.sudo())
        late[0].date_deadline = yesterday
        sources = {"feedback.signal": (fields.Domain("is_late", "=", True), "date_deadline")}
        with patch.object(FeedbackRule, "_late_sources", lambda rules: sources):
            self.assertFalse(self._watch(rule), "one late signal is no two")
            late[1].date_deadline = yesterday - timedelta(days=1)
            signal = self._watch(rule)
        self.assertEqual((signal.kind, signal.department_id), ("overdue", self.unit))
        self.assertEqual(signal.figures["oldest"], str(yesterday - timedelta(days=1)))
        nonconformity = signal.with_user(self.head_user).action_confirm()
        name = self.env["qms.nonconformity"].browse(nonconformity["res_id"]).name
        self.assertIn(self.unit.name, name)

    def test_cron_looks_at_all_rules_though_one_fails(self):
        bad = self._rule("burst", minimum=3)
        good = self._rule("keyword", words="черг")
        self._rating(3, comment="Черга")

        def failing(rules):
            rules.env.cr.execute("SELECT 1 / 0")

        with (
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
            patch.object(FeedbackRule, "_find_burst", failing),
            mute_logger("odoo.sql_db", "odoo.addons.citizen_feedback.models.signal.feedback_rule_watch"),
        ):
            self.env["feedback.rule"]._cron_watch()
        self.assertTrue(good.signal_ids)
        self.assertFalse(bad.signal_ids or bad.evaluated)

    def test_trends_are_looked_at_once_a_day(self):
        rule = self._rule("trend", window_days=84)
        rule._note(fields.Datetime.now() - timedelta(hours=3))
        with (
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
            patch.object(FeedbackRule, "_find_trend", autospec=True, return_value=[]) as find,
        ):
            self.env["feedback.rule"]._cron_watch()
            self.assertFalse(find.called)
            rule.fall = 0.7
            self.env["feedback.rule"]._cron_watch()
            self.assertTrue(find.called, "a changed rule is looked at at once")

    def test_only_managers_set_rules_and_of_their_authority(self):
        rule = self._rule("low")
        for user in (self.head_user, self.operator, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rule.with_user(user).daily_limit = 50
        rule.with_user(self.manager).daily_limit = 7
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        self.assertFalse(self._abroad("feedback.rule").search([("id", "=", rule.id)]))
        with self.assertRaises(AccessError):
            self._abroad("feedback.rule").browse(rule.id).daily_limit = 1

    def test_rule_with_signals_is_archived_not_deleted(self):
        rule = self._rule("low")
        self._signal()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            rule.unlink()
        rule.active = False

    def test_service_of_another_authority_is_no_scope(self):
        with self.assertRaises(UserError):
            self._rule("low", service_ids=[(6, 0, self.foreign_service.ids)])
        with self.assertRaises(ValidationError):
            self._rule("trend", window_days=7)
