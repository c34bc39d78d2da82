from datetime import timedelta

from odoo import api, models

MINUTES = "Протокол № 3"


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """The functions were screened, the register approved by the committee, and changed a little since."""
        super()._play_scenario()
        self._play_register(self._play_screening())

    @api.model
    def _play_screening(self):
        """A first screening of the services, concluded with three verdicts that change something."""
        today = self.env.company._qms_today()
        commission = self.env["qms.role"].search([("code", "=", "R-HEADS")])
        for login in ("deputy", "head", "lawyer"):
            commission.holder_ids.create(
                {"role_id": commission.id, "employee_id": self._user(login).employee_id.id, "basis": "Розпорядження"}
            )
        screening = (
            self._as("coordinator")
            .env["qms.screening"]
            .create(
                {
                    "name": "Перший перегляд функцій і послуг",
                    "commission_id": commission.id,
                    "date": today - timedelta(days=20),
                    "date_deadline": today + timedelta(days=60),
                    "protocol_number": MINUTES,
                }
            )
        )
        screening.action_fill()
        screening.action_start()
        screening.line_ids.write(
            {
                "has_legal_basis": "yes",
                "is_duplicate": "no",
                "in_demand": "yes",
                "can_reduce": "no",
                "can_transfer": "no",
                "verdict": "keep",
            }
        )
        for line, vals in self._demo_verdicts(screening):
            line.write(vals)
        screening.with_user(self._user("deputy")).action_conclude()
        return screening

    @api.model
    def _demo_verdicts(self, screening):
        """Return ``[(line, values)]`` of the verdicts that change something."""
        lines = {line._subject().code: line for line in screening.line_ids}
        centre = self.env["hr.department"].search([("qms_code", "=", "U-CNAP")])
        return [
            (
                lines["S-02"],
                {
                    "is_duplicate": "yes",
                    "verdict": "merge",
                    "merge_service_id": lines["S-01"].service_id.id,
                    "reason": "Заявник подає одні й ті самі документи двічі: реєстрацію і зняття можна оформити разом.",
                },
            ),
            (
                lines["P-2.09"],
                {
                    "can_transfer": "yes",
                    "verdict": "transfer",
                    "transfer_department_id": centre.id,
                    "reason": "Довідку замовляють разом з іншими послугами ЦНАП.",
                },
            ),
            (
                lines["P-2.03"],
                {
                    "can_reduce": "yes",
                    "verdict": "reduce",
                    "reason": "Два погодження повторюють одне одного.",
                },
            ),
        ]

    @api.model
    def _play_register(self, screening):
        edition = (
            self._as("coordinator")
            .env["qms.process.register"]
            .create(
                {
                    "screening_id": screening.id,
                    "act_kind": "decision",
                    "act_issuer": self.env.company.name,
                    "act_number": "214",
                    "act_date": self.env.company._qms_today() - timedelta(days=5),
                    "is_collegial": True,
                    "act_minutes": "№ 18",
                }
            )
        )
        edition.action_take()
        edition.action_submit()
        edition.with_user(self._user("mayor")).action_approve()
