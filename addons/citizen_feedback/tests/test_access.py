from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FeedbackCase


@tagged("post_install", "-at_install")
class TestAccess(FeedbackCase):
    def _seen(self, user, records):
        return records.with_user(user).search([("id", "in", records.ids)])

    def test_heads_see_their_units_only(self):
        signal = self._signal()
        rating = signal.sudo().feedback_rating_ids.sudo(False)
        for records in (signal, rating):
            for user in (self.head_user, self.users["quality_officer"]):
                self.assertTrue(self._seen(user, records), (records, user.login))
            for user in (self.other_head_user, self.clerk_user, self.stranger):
                self.assertFalse(self._seen(user, records), (records, user.login))

    def test_head_of_the_unit_above_sees_too(self):
        section = self.env["hr.department"].create(
            {"name": "Window 1", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        rating = self._rating(service_id=self._service("T-03", section).id)
        self.assertTrue(self._seen(self.head_user, rating))

    def test_staff_of_feedback_and_quality_see_all(self):
        rating = self._rating()
        for user in (
            self.operator,
            self.manager,
            *(self.users[role] for role in ("coordinator", "commissioner", "auditor", "top_management")),
        ):
            self.assertTrue(self._seen(user, rating), user.login)

    def test_manager_follows_the_nonconformities_of_signals_only(self):
        signal = self._signal()
        signal.with_user(self.head_user).action_confirm()
        self.assertTrue(signal.with_user(self.manager).nonconformity_ids.name)
        self.assertFalse(self._seen(self.manager, self._nonconformity()))

    def test_manager_learns_nothing_of_corruption(self):
        signal = self._signal()
        signal.with_user(self.head_user).action_confirm()
        nonconformity = signal.sudo().nonconformity_ids.sudo(False)
        self.assertTrue(self._seen(self.manager, nonconformity))
        nonconformity.with_user(self.users["coordinator"]).kind = "corruption"
        self.assertFalse(self._seen(self.manager, nonconformity))

    def test_only_operators_and_managers_enter(self):
        self._rating(user=self.manager)
        for user in (self.head_user, self.clerk_user, self.users["commissioner"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._rating(user=user)

    def test_nobody_makes_signals_by_hand(self):
        for user in (self.operator, self.manager, self.head_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["feedback.signal"].with_user(user).create(
                    {"service_id": self.service.id, "company_id": self.company.id}
                )

    def test_other_authority_sees_nothing(self):
        signal = self._signal()
        rating = signal.sudo().feedback_rating_ids.sudo(False)
        self.env["feedback.limit"].sudo()._hit(self.company, "192.0.2.1")
        for group in ("group_feedback_operator", "group_feedback_manager"):
            self.foreigner.group_ids += self.env.ref(f"citizen_feedback.{group}")
        self.foreigner.group_ids += self.env.ref("base.group_system")
        for model in ("feedback.rating", "feedback.signal", "feedback.limit"):
            self.assertFalse(self._abroad(model).search([("company_id", "=", self.company.id)]), model)
        with self.assertRaises(AccessError):
            self._abroad("feedback.rating").browse(rating.id).action_exclude("Not mine")
        with self.assertRaises(AccessError):
            self._abroad("feedback.signal").browse(signal.id).action_dismiss("Not mine")

    def test_operator_cannot_rate_for_another_authority(self):
        with self.assertRaises(AccessError):
            self._rating(service_id=self.foreign_service.id)
