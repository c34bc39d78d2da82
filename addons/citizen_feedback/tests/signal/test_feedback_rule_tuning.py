from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rule_common import RuleCase


@tagged("post_install", "-at_install")
class TestFeedbackRuleTuning(RuleCase):
    def _answered(self, rule, strength, is_false, words=()):
        """A signal of the rule that was answered."""
        signal = self.env["feedback.signal"].create(
            {
                "company_id": self.company.id,
                "rule_id": rule.id,
                "kind": rule.kind,
                "department_id": self.unit.id,
                "responsible_id": self.head.id,
                "strength": strength,
                "figures": {"words": list(words)},
            }
        )
        answer = signal.with_user(self.head_user)
        answer.action_false_alarm("Wrong") if is_false else answer.action_dismiss("Seen")
        return signal

    def test_precision_counts_false_alarms_since_the_rule_is_as_it_is(self):
        rule = self._rule("burst", minimum=3)
        for strength, is_false in ((3, True), (6, False), (7, False), (8, False)):
            self._answered(rule, strength, is_false)
        self.assertEqual((rule.answered_count, rule.false_count, rule.precision), (4, 1, 0.75))
        self._move_back(rule)
        rule.with_user(self.manager).action_keep()
        self.assertEqual((rule.answered_count, rule.precision), (0, 0))

    def _move_back(self, rule):
        """Let the signals so far be an hour old."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE feedback_signal SET create_date = create_date - interval '1 hour' WHERE rule_id = %s", [rule.id]
        )
        self.env.invalidate_all()

    def test_third_false_alarm_asks_the_managers_once(self):
        rule = self._rule("burst", minimum=3)
        self._answered(rule, 3, True)
        self._answered(rule, 3, True)
        self.assertFalse(rule.activity_ids)
        self._answered(rule, 3, True)
        self.assertIn(self.manager, rule.activity_ids.user_id)
        calls = rule.activity_ids
        self._answered(rule, 4, True)
        self.assertEqual(rule.activity_ids, calls)
        rule.with_user(self.manager).action_keep()
        self.assertFalse(rule.activity_ids)

    def test_false_alarms_among_many_answers_ask_nobody(self):
        rule = self._rule("burst", minimum=3)
        for index in range(12):
            self._answered(rule, 3, index in (0, 1, 11))
        self.assertFalse(rule.activity_ids, "two of the last ten")

    def test_proposal_raises_the_limit_and_keeps_the_real_ones(self):
        rule = self._rule("burst", minimum=3)
        self.assertFalse(rule.proposal)
        for strength, is_false in ((3, True), (4, True), (4, True), (6, False), (8, False), (9, False)):
            self._answered(rule, strength, is_false)
        self.assertIn("6", rule.proposal)
        with self.assertRaises(AccessError):
            rule.with_user(self.head_user).action_apply_proposal()
        rule.with_user(self.manager).action_apply_proposal()
        self.assertEqual(rule.minimum, 6)
        self.assertFalse(rule.activity_ids)
        with self.assertRaises(UserError):
            rule.with_user(self.manager).action_apply_proposal()

    def test_proposal_of_a_low_mark_is_a_lower_one(self):
        rule = self._rule("low")
        for mark, is_false in ((2, True), (2, True), (2, True), (1, False), (1, False)):
            self._answered(rule, 6 - mark, is_false)
        rule.with_user(self.manager).action_apply_proposal()
        self.assertEqual(rule.mark, 1)

    def test_words_of_false_alarms_are_left_out(self):
        rule = self._rule("keyword", words="хабар\nдай")
        for words, is_false in ((["дай"], True), (["дай"], True), (["хабар"], False)):
            self._answered(rule, 1, is_false, words)
        self.assertIn("дай", rule.proposal)
        rule.with_user(self.manager).action_apply_proposal()
        self.assertEqual(rule.words, "хабар")

    def test_last_word_is_never_proposed_away(self):
        rule = self._rule("keyword", words="дай")
        for _round in range(3):
            self._answered(rule, 1, True, ["дай"])
        self.assertFalse(rule.proposal)
