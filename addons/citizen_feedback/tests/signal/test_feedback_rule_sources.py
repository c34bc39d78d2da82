from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .rule_common import RuleCase


@tagged("post_install", "-at_install")
class TestFeedbackRuleSources(RuleCase):
    """Appeals and cases as what rules look at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.feedback_legal_profile_id = cls.env.ref("citizen_feedback.legal_profile_ua")
        cls.kind = cls.env.ref("citizen_feedback.appeal_kind_ua_complaint")
        cls.topic = cls.env["feedback.topic"].create({"name": "Roads", "code": "RD", "company_id": cls.company.id})

    @classmethod
    def _appeal(cls, text="The road is broken", **vals):
        appeal = (
            cls.env["feedback.appeal"]
            .with_user(cls.manager)
            .create({"kind_id": cls.kind.id, "text": text, "author_name": "Ivan Petrenko", **vals})
        )
        return appeal.with_env(cls.env)

    def _late_appeal(self, **vals):
        appeal = self._appeal(service_id=self.service.id, department_id=self.unit.id, **vals)
        appeal.with_user(self.operator).action_register()
        appeal.sudo()._transition(
            {"state": "registered", "date_deadline": self.company._qms_today() - timedelta(days=3)}
        )
        return appeal

    def _case(self, number, due, **vals):
        case = self.env["feedback.case"].create(
            {
                "number": number,
                "service_id": self.service.id,
                "date_asked": self.company._qms_today() - timedelta(days=40),
                **vals,
            }
        )
        case.flush_recordset()  # its term is worked out together with its norm
        case.date_due = due
        return case

    def test_late_appeals_and_cases_of_a_unit_are_one_signal(self):
        rule = self._rule("overdue", minimum=3, watch="department")
        today = self.company._qms_today()
        late = self._late_appeal()
        case = self._case("C-1", today - timedelta(days=9))
        self._case("C-2", today + timedelta(days=9))
        self.assertFalse(self._watch(rule), "two are no three")
        other = self._late_appeal()
        signal = self._watch(rule)
        self.assertEqual((signal.department_id, signal.figures["count"]), (self.unit, 3))
        self.assertEqual(signal.figures["oldest"], str(today - timedelta(days=9)))
        self.assertEqual((signal.sudo().appeal_ids, signal.sudo().case_ids), ((late | other).sudo(), case.sudo()))
        self.assertFalse(signal.with_user(self.other_head_user).has_access("read"))
        with self.assertRaises(AccessError):
            signal.with_user(self.manager).write({"appeal_ids": [(5,)]})
        case.write({"date_done": today, "result": "granted"})
        rule.minimum = 2
        self._watch(rule)
        self.assertEqual(signal.figures["count"], 2, "what is done is late no more")
        self.assertFalse(signal.sudo().case_ids)

    def test_late_appeals_on_a_topic(self):
        rule = self._rule("overdue", minimum=1, watch="department", topic_ids=[(6, 0, self.topic.ids)])
        self._late_appeal()
        self._case("C-1", self.company._qms_today() - timedelta(days=9))
        self.assertFalse(self._watch(rule))
        late = self._late_appeal(topic_id=self.topic.id)
        self.assertEqual(self._watch(rule).sudo().appeal_ids, late.sudo())

    def test_words_in_appeals(self):
        rule = self._rule("keyword", words="яма\nhole", employee_id=self.clerk.id)
        self._appeal("The lamp is broken")
        first = self._appeal("A hole in the road", department_id=self.unit.id)
        signal = self._watch(rule)
        self.assertEqual((signal.sudo().appeal_ids, signal.figures["words"]), (first.sudo(), ["hole"]))
        self.assertFalse(signal.comment, "what an author wrote stays in the appeal")
        second = self._appeal("Holes everywhere", department_id=self.unit.id)
        self.assertEqual(self._watch(rule), signal)
        self.assertEqual(signal.sudo().appeal_ids, (first | second).sudo())

    def test_what_concerns_corruption_is_left_to_those_who_handle_it(self):
        rule = self._rule("keyword", words="bribe", past_unit=True)
        appeal = self._appeal("They ask for a bribe")
        appeal.sudo()._transition({"state": "new", "is_corruption": True})
        self.assertFalse(self._watch(rule))
