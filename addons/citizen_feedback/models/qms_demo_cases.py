from datetime import timedelta
from random import Random

from odoo import api, models

SEED = 2028
COUNT, DAYS = 900, 365
BUSY, SLOW = (8, 9), 12
SERVICES = ("S-01", "S-03", "S-05", "S-10", "S-12", "S-15")
GROUNDS = ("Подано неповний пакет документів", "Заявник не має права на послугу", "Недостовірні відомості")


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_cases()

    @api.model
    def _play_cases(self):
        """Cases of a year: busier before the school year, slower in December, a few still open and late."""
        chance = Random(SEED)
        services = self.env["qms.service"].search(
            [("code", "in", SERVICES), ("company_id", "=", self.env.company.id)], order="code"
        )
        rows = [self._case_vals(chance, number, chance.choice(services)) for number in range(1, COUNT + 1)]
        self._as("feedback_operator").env["feedback.case"].create(rows)

    @api.model
    def _case_vals(self, chance, number, service):
        today = self.env.company._qms_today()
        # Twice the days to choose from, and the busier one is taken: more comes before the school year.
        asked = max(
            (today - timedelta(days=chance.randrange(1, DAYS)) for _try in range(2)), key=lambda day: day.month in BUSY
        )
        norm = service._norm_on(asked).deadline_days or 10
        slow = 2 if asked.month == SLOW else 1
        days = max(0, round(chance.gauss(1.1, 0.5) * norm * slow))
        vals = {
            "number": f"{asked:%y}-{number:05d}",
            "service_id": service.id,
            "date_asked": asked,
            "visits": chance.choices((1, 2, 3), (75, 20, 5))[0],
        }
        done = asked + timedelta(days=days)
        if done > today or chance.random() < 0.01:
            return vals
        result = chance.choices(("granted", "refused", "withdrawn"), (90, 8, 2))[0]
        ground = chance.choice(GROUNDS) if result == "refused" else False
        return {**vals, "date_done": done, "result": result, "refusal_ground": ground}
