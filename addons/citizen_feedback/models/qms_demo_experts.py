from datetime import timedelta

from odoo import api, models

COMMISSION = "Громадська експертна комісія з якості послуг"
ACT = "Розпорядження міського голови № 118-р"
STAFF = (("coordinator", "1_chair"), ("feedback_manager", "2_secretary"))
OUTSIDER = {"name": "Ластівка Віра Олексіївна", "organisation": "Спілка осіб з інвалідністю", "role": "3_member"}
SERVICE, POINT = "S-01", "SP-1"
DOCUMENTS = "Інформаційна картка послуги\nЖурнал електронної черги за квартал\nКнига відгуків"
CONCLUSION = "Послугу надають вчасно; вхід і зона очікування не пристосовані для всіх відвідувачів."
RECOMMENDATIONS = (
    "Поставити кнопку виклику біля пандуса",
    "Додати двадцять місць у зоні очікування",
)


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_experts()

    @api.model
    def _play_experts(self):
        """A commission has visited the service centre, and plans to come again."""
        manager = self._as("feedback_manager").env
        today = self.env.company._qms_today()
        commission = manager["feedback.expert.commission"].create(
            {
                "name": COMMISSION,
                "act": ACT,
                "date_from": today - timedelta(days=90),
                "company_id": self.env.company.id,
                "member_ids": [
                    *((0, 0, {**self._expert(login), "role": role}) for login, role in STAFF),
                    (0, 0, OUTSIDER),
                ],
            }
        )
        visit = self._plan_visit(commission, today - timedelta(days=14))
        visit.action_start()
        self._give_scores(visit)
        visit.write(
            {
                "date_visited": today - timedelta(days=14),
                "documents_studied": DOCUMENTS,
                "conclusion": CONCLUSION,
                "recommendation_ids": [(0, 0, {"name": name}) for name in RECOMMENDATIONS],
            }
        )
        visit.action_close()
        self._plan_visit(commission, today + timedelta(days=75))

    @api.model
    def _expert(self, login):
        user = self._user(login)
        return {"user_id": user.id, "name": user.name}

    @api.model
    def _plan_visit(self, commission, day):
        company = [("company_id", "=", self.env.company.id)]
        return commission.env["feedback.expert.visit"].create(
            {
                "commission_id": commission.id,
                "company_id": self.env.company.id,
                "service_id": self.env["qms.service"].search([("code", "=", SERVICE), *company]).id,
                "point_id": self.env["qms.service.point"].search([("code", "=", POINT), *company]).id,
                "set_id": self.env.ref("citizen_feedback.criterion_set_service").id,
                "member_ids": [(6, 0, commission.member_ids.ids)],
                "date_planned": day,
            }
        )

    @api.model
    def _give_scores(self, visit):
        """Each expert gives his own scores; the secretary enters those of the expert from outside."""
        for member in visit.member_ids:
            user = member.user_id or self._user("feedback_manager")
            scores = visit.with_user(user).score_ids.filtered(lambda score, member=member: score.member_id == member)
            for index, score in enumerate(scores):
                score.score = score.scale_max - (index + member.id) % 4
