from datetime import datetime, time, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackExpertVisit(FeedbackCase):
    """A commission of three: a chair and a member of another unit, and an expert from outside without a login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair_user = cls._user("chair")
        cls.expert_user = cls._user("expert")
        for user in (cls.chair_user, cls.expert_user):
            cls._employee(user, department_id=cls.other_unit.id)
        cls.commission = (
            cls.env["feedback.expert.commission"]
            .with_user(cls.manager)
            .create(
                {
                    "name": "Commission of 2026",
                    "member_ids": [
                        (0, 0, {"user_id": cls.chair_user.id, "role": "1_chair"}),
                        (0, 0, {"user_id": cls.expert_user.id}),
                        (0, 0, {"name": "Prof. Outside", "organisation": "University"}),
                    ],
                }
            )
        )
        cls.chair, cls.expert, cls.outsider = cls.commission.member_ids.sorted("id")
        cls.criteria = cls.env["feedback.criterion.set"].create(
            {
                "name": "Short",
                "company_id": cls.company.id,
                "scale_max": 10,
                "criterion_ids": [
                    (0, 0, {"name": "Terms", "sequence": 10, "aspect": "waiting", "weight": 3}),
                    (0, 0, {"name": "Premises", "sequence": 20}),
                ],
            }
        )

    def _visit(self, user=None, **vals):
        return (
            self.env["feedback.expert.visit"]
            .with_user(user or self.manager)
            .create(
                {
                    "commission_id": self.commission.id,
                    "service_id": self.service.id,
                    "set_id": self.criteria.id,
                    "member_ids": [(6, 0, self.commission.member_ids.ids)],
                    "date_planned": self.company._qms_today(),
                    **vals,
                }
            )
        )

    def _scoring(self, **vals):
        visit = self._visit(**vals)
        visit.action_start()
        return visit

    def _score(self, visit, member, *scores, user=None):
        rows = self.env["feedback.expert.score"].search(
            [("visit_id", "=", visit.id), ("member_id", "=", member.id)], order="sequence"
        )
        for row, score in zip(rows.with_user(user or member.user_id or self.chair_user), scores, strict=True):
            row.write({"is_not_judged": True} if score is None else {"score": score})

    def _scored(self, **vals):
        visit = self._scoring(**vals)
        self._score(visit, self.chair, 10, 4)
        self._score(visit, self.expert, 7, None)
        self._score(visit, self.outsider, 10, 4)
        return visit

    # --- who judges

    def test_nobody_judges_his_own_unit(self):
        quality_officer = self.users["quality_officer"]
        for user in (self.clerk_user, self.head_user, quality_officer):
            self.commission.member_ids = [(0, 0, {"user_id": user.id})]
            with self.subTest(user=user.login), self.assertRaisesRegex(ValidationError, user.name.split()[0]):
                self._visit()
            self.commission.member_ids.filtered(lambda member, user=user: member.user_id == user).active = False

    def test_nobody_judges_what_is_below_him(self):
        self.unit.parent_id = self.other_unit
        self.commission.member_ids = [(0, 0, {"user_id": self.other_head_user.id})]
        with self.assertRaises(ValidationError):
            self._visit()

    def test_who_moved_to_the_unit_is_found_when_it_begins(self):
        visit = self._visit()
        self.expert_user.sudo().employee_ids.department_id = self.unit
        with self.assertRaisesRegex(ValidationError, "not independent"):
            visit.action_start()
        self.assertEqual(visit.state, "planned")

    def test_experts_are_of_the_commission(self):
        other = self.commission.copy({"name": "Another"})
        with self.assertRaises(ValidationError):
            self._visit(member_ids=[(6, 0, other.member_ids.ids)])

    def test_a_visit_needs_a_subject_experts_and_criteria(self):
        with self.assertRaises(ValidationError):
            self._visit(service_id=False)
        for vals in ({"member_ids": False}, {"set_id": self.criteria.copy({"criterion_ids": False}).id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "Add them first"):
                self._visit(**vals).action_start()

    # --- scores

    def test_each_expert_gives_and_sees_his_own(self):
        visit = self._scoring()
        scores = self.env["feedback.expert.score"]
        self.assertEqual(
            scores.with_user(self.expert_user).search([("visit_id", "=", visit.id)]).member_id, self.expert
        )
        seen = scores.with_user(self.chair_user).search([("visit_id", "=", visit.id)]).member_id
        self.assertEqual(seen, self.chair | self.outsider)
        self._score(visit, self.expert, 7, 6)
        with self.assertRaises(AccessError):
            self._score(visit, self.expert, 1, 1, user=self.chair_user)
        with self.assertRaises(AccessError):
            self._score(visit, self.outsider, 1, 1, user=self.expert_user)
        with self.assertRaises(AccessError):
            self._score(visit, self.expert, 1, 1, user=self.manager)
        for user in (self.head_user, self.clerk_user, self.users["commissioner"]):
            self.assertFalse(scores.with_user(user).search([("visit_id", "=", visit.id)]), user.login)

    def test_nobody_takes_the_place_of_an_expert(self):
        visit = self._scoring()
        for member, user in (
            (self.expert, self.manager),
            (self.outsider, self.manager),
            (self.chair, self.env["res.users"]),
        ):
            with self.subTest(member=member.name), self.assertRaisesRegex(UserError, "Add another member"):
                member.with_user(self.manager).user_id = user
        self.expert.with_user(self.manager).write({"user_id": self.expert_user.id, "organisation": "Archive"})
        self._score(visit, self.expert, 7, 6)
        other = self.commission.copy({"name": "Another"})
        other.member_ids.filtered("user_id")[:1].with_user(self.manager).user_id = self.manager

    def test_a_score_stays_the_experts_own(self):
        visit = self._scoring()
        row = self.env["feedback.expert.score"].with_user(self.expert_user).search([("visit_id", "=", visit.id)])[:1]
        with self.assertRaises(AccessError):
            row.member_id = self.chair
        with self.assertRaises(AccessError):
            row.copy()
        with self.assertRaises(AccessError):
            row.unlink()

    def test_scores_outside_the_scale(self):
        visit = self._scoring()
        row = visit.score_ids.filtered(lambda score: score.member_id == self.expert)[:1].with_user(self.expert_user)
        for vals in ({"score": 11}, {"score": -1}, {"score": 3, "is_not_judged": True}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                row.write(vals)

    def test_experts_are_called_and_tell_that_they_are_done(self):
        visit = self._scoring().with_user(self.expert_user)
        self.env.invalidate_all()
        self.assertEqual((len(visit.score_ids), visit.missing_count), (2, 6))
        self.assertEqual(visit.activity_ids.user_id, self.expert_user | self.chair_user)
        with self.assertRaisesRegex(UserError, "Missing: 2"):
            visit.action_scored()
        self._score(visit, self.expert, 5, None)
        self.assertEqual((visit.my_missing_count, visit.missing_count), (0, 4))
        visit.action_scored()
        self.assertEqual(visit.activity_ids.user_id, self.chair_user)

    def test_what_is_visited_stays_once_it_is_scored(self):
        visit = self._scoring()
        with self.assertRaises(UserError):
            visit.service_id = self._service("T-02", self.unit)
        with self.assertRaises(AccessError):
            visit.with_user(self.expert_user).set_id = self.criteria.copy()
        with self.assertRaisesRegex(UserError, "scored"):
            self.criteria.scale_max = 5
        with self.assertRaisesRegex(UserError, "scored"):
            self.criteria.criterion_ids[0].name = "Something else"
        with self.assertRaisesRegex(UserError, "just now"):
            self.criteria.criterion_ids[0].with_user(self.manager).weight = 100

    # --- closing

    def test_closing_needs_all_scores_and_a_conclusion(self):
        visit = self._scoring()
        with self.assertRaisesRegex(UserError, "missing: 6"):
            visit.action_close()
        visit = self._scored()
        with self.assertRaisesRegex(UserError, "concludes"):
            visit.action_close()
        visit.conclusion = "Good, with one reserve."
        with self.assertRaises(AccessError):
            visit.with_user(self.expert_user).action_close()
        visit.with_user(self.chair_user).action_close()
        self.assertEqual((visit.state, visit.closed_by_id), ("closed", self.chair_user))
        self.assertFalse(visit.activity_ids)

    def test_experts_beside_citizens(self):
        self._rating(2, waiting=3)
        self._rating(4, waiting=4)
        self._rating(1).with_user(self.manager).action_exclude("Spam")
        self._rating(1, service_id=self._service("T-02", self.unit).id, waiting=1)
        visit = self._scored(date_planned=self.company._qms_today() - timedelta(days=1))
        visit.conclusion = "Done"
        visit.action_close()
        terms, premises = visit.result_ids
        # 10, 7 and 10 of 10 are 5, 3.67 and 5 of 5.
        self.assertAlmostEqual(terms.expert_mark, 4.56)
        self.assertEqual((terms.expert_count, terms.citizen_count, terms.citizen_mark), (3, 2, 3.5))
        self.assertAlmostEqual(terms.difference, 1.06)
        self.assertAlmostEqual(terms.spread, 1.33)
        self.assertEqual((premises.expert_count, premises.citizen_count, premises.is_compared), (2, 0, False))
        self.assertAlmostEqual(visit.expert_mark, (3 * 4.56 + 2.33) / 4, places=1)
        self.assertEqual((visit.citizen_mark, visit.citizen_count), (3, 2))
        # What nobody judged is no zero in an average.
        figures = ["citizen_mark:avg", "difference:avg"]
        [(mark, difference)] = self.env["feedback.expert.result"]._read_group(
            [("visit_id", "=", visit.id)], [], figures
        )
        self.assertEqual((mark, round(difference, 2)), (3.5, 1.06))
        self._visit(expert_mark=5)
        visits = [("service_id", "=", self.service.id)]
        [(mark,)] = self.env["feedback.expert.visit"]._read_group(visits, [], ["expert_mark:avg"])
        self.assertAlmostEqual(mark, visit.expert_mark)

    def test_days_of_citizens_marks_are_those_of_the_authority(self):
        self.company.resource_calendar_id.tz = "Europe/Kyiv"
        today = self.company._qms_today()
        visited = today - timedelta(days=40)
        # At half past eleven of the day before by Greenwich it is the visit's day in Kyiv, in winter as in summer.
        before = datetime.combine(visited - timedelta(days=1), time(23, 30))
        self._rating(2, date=before)
        self._rating(5, date=before + timedelta(days=1))
        visit = self._scored(date_planned=visited)
        visit.write({"conclusion": "Done", "date_visited": visited})
        visit.action_close()
        self.assertEqual((visit.citizen_count, visit.citizen_mark), (1, 2))

    def test_everything_is_frozen_on_closing(self):
        visit = self._scored()
        visit.write({"conclusion": "Done", "recommendation_ids": [(0, 0, {"name": "Open a second window"})]})
        visit.action_close()
        changes = (
            (visit, {"conclusion": "Otherwise"}),
            (visit.score_ids[0], {"score": 1}),
            (visit.recommendation_ids, {"name": "Nothing"}),
            (visit.result_ids[0], {"expert_mark": 5}),
        )
        for record, vals in changes:
            record = record.with_env(self.env).sudo()
            with self.subTest(record=record._name), self.assertRaises(UserError):
                record.write(vals)
            with self.subTest(record=record._name), self.assertRaises(UserError):
                record.unlink()

    def test_recommendations_become_actions_of_the_head(self):
        visit = self._scored()
        self.env.invalidate_all()
        # What the chair sees of it before is his own scores only.
        self.assertEqual(len(visit.with_user(self.chair_user).score_ids), 4)
        visit.with_user(self.chair_user).write(
            {"conclusion": "Done", "recommendation_ids": [(0, 0, {"name": "Open a second window"})]}
        )
        visit.with_user(self.chair_user).action_close()
        self.assertEqual(visit.result_ids.mapped("expert_count"), [3, 2])
        action = visit.recommendation_ids.action_ids
        self.assertEqual((action.name, action.kind), ("Open a second window", "improvement"))
        self.assertEqual((action.sudo().responsible_id, action.department_id), (self.head, self.unit))
        self.assertEqual(visit.with_user(self.expert_user).recommendation_ids.progress, action.state)
        self.assertTrue(action.with_user(self.head_user).has_access("read"))
        self.assertEqual(action.state, "open")
        day = self.env["qms.day"].with_user(self.head_user).get_day(text="Open a second window")
        self.assertEqual([line["verb"] for section in day["sections"] for line in section["lines"]], ["do"])

    def test_without_a_head_a_recommendation_waits(self):
        self.unit.manager_id = False
        visit = self._scored()
        past = self.company._qms_today() - timedelta(days=30)
        visit.write(
            {"conclusion": "Done", "recommendation_ids": [(0, 0, {"name": "Open a window", "date_deadline": past})]}
        )
        visit.action_close()
        action = visit.recommendation_ids.action_ids.sudo()
        self.assertFalse(action.responsible_id)
        self.assertEqual((action.state, action.date_deadline), ("draft", self.company._qms_today()))

    def test_the_head_reads_what_came_of_it_not_who_gave_what(self):
        visit = self._scored()
        visits = self.env["feedback.expert.visit"]
        self.assertFalse(visits.with_user(self.head_user).search([("id", "=", visit.id)]))
        visit.conclusion = "Done"
        visit.action_close()
        seen = visits.with_user(self.head_user).search([("id", "=", visit.id)])
        self.assertEqual(len(seen.result_ids), 2)
        self.assertFalse(seen.score_ids)
        self.assertFalse(visits.with_user(self.other_head_user).search([("id", "=", visit.id)]))

    def test_a_visit_is_cancelled_with_a_reason(self):
        visit = self._visit()
        self.assertEqual(visit.action_cancel()["res_model"], "qms.reason.wizard")
        with self.assertRaises(AccessError):
            visit.with_user(self.expert_user).action_cancel("No time")
        visit.with_user(self.chair_user).action_cancel("Quarantine")
        self.assertEqual((visit.state, visit.cancel_reason), ("cancelled", "Quarantine"))

    def test_another_authority_sees_nothing(self):
        visit = self._scored()
        visit.write({"conclusion": "Done", "recommendation_ids": [(0, 0, {"name": "Open a second window"})]})
        visit.action_close()
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        for model in ("commission", "member", "visit", "score", "recommendation", "result"):
            records = self._abroad(f"feedback.expert.{model}")
            self.assertFalse(records.search([("company_id", "=", self.company.id)]), model)
        self.assertFalse(self._abroad("feedback.criterion.set").search([("id", "=", self.criteria.id)]))
        self.assertTrue(self._abroad("feedback.criterion.set").search([("company_id", "=", False)]))
