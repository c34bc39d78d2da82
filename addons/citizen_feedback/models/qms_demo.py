from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models

from ..lib.rating_form import ASPECTS

# The same city every time: the seed of everything that chance decides below.
SEED = 2026
EARLIER, LATELY = 100, 20
MARKS, WEIGHTS = (1, 2, 3, 4, 5), (4, 7, 14, 33, 42)
COMMENTS = {
    1: (
        "Тричі приходив з одним і тим самим пакетом документів, щоразу знаходили нову помилку.",
        "Просиділа дві години в черзі, хоча записувалася на конкретний час.",
        "Відмовили без пояснень, письмової відповіді не дали.",
    ),
    2: (
        "На сайті один перелік документів, у центрі вимагають інший.",
        "Довго чекала, поки знайдуть мою справу.",
        "Термінал електронної черги не працював, ніхто не підказав, куди йти.",
    ),
    3: (
        "Усе зробили, але довелося приходити двічі.",
        "Замало місць для очікування.",
        "Бланк незрозумілий, допомогли лише після прохання.",
    ),
    4: (
        "Швидко, але немає де припаркуватися.",
        "Ввічливий адміністратор, тільки термінал оплати не працював.",
        "Усе добре, хотілося б запису через інтернет.",
    ),
    5: (
        "Дякую, усе за десять хвилин!",
        "Дуже уважні працівники, все пояснили.",
        "Прийшов за записом, прийняли вчасно.",
        "Зручно з візочком: є пандус і дитячий куточок.",
    ),
}
DISMISSALS = (
    "Заявник звернувся до іншого органу, оцінка стосується не нашої послуги.",
    "Перевірено за журналом черги: очікування тривало чотири хвилини.",
    "Причину вже усунуто: перелік документів на сайті оновлено до цієї оцінки.",
)


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _logins(self):
        return {
            **super()._logins(),
            "feedback_operator": (["citizen_feedback.group_feedback_operator"], "Feedback operator"),
            "feedback_manager": (["citizen_feedback.group_feedback_manager"], "Feedback manager"),
        }

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_feedback()
        self._measure_marks()

    @api.model
    def _play_feedback(self):
        """Four months of ratings; low marks are answered, except those of the last days."""
        chance = Random(SEED)
        services = self.env["qms.service"].search([("company_id", "=", self.env.company.id)])
        if not services:
            return
        # Four months are played in a minute: what the rule allows in a day would be used up.
        self._low_rule().daily_limit = len(services) + EARLIER
        self._rate(chance, services, EARLIER, range(8, 121))
        self._answer_in_turn()
        self._rate(chance, services, LATELY, range(0, 8))
        self._signal_low_marks()

    @api.model
    def _measure_marks(self):
        """Let the average mark of the last months be an indicator of the city."""
        coordinator = self._as("coordinator").env
        process = coordinator["qms.process"].search(
            [("code", "=", "P-4.02"), ("company_id", "=", self.env.company.id)], limit=1
        )
        indicator = coordinator["qms.indicator"].create(
            {
                "name": "Середня оцінка громадян на сайті та за QR-кодом",
                "code": "I-31",
                "company_id": self.env.company.id,
                "process_id": process.id,
                "department_id": False,
                "owner_role_id": process.owner_role_id.id,
                "unit_of_measure": "бал (1–5)",
                "target": 4.2,
                "threshold": 3.5,
                "period": "month",
                "source": "provider",
                "provider": "feedback_mark",
                "measured_from": self.env.company._qms_today() - relativedelta(months=4),
            }
        )
        indicator.sudo()._measure()  # sudo: as the cron does

    @api.model
    def _rate(self, chance, services, count, days):
        """Citizens rate on the web; every sixth on paper, which the operator enters."""
        ratings = [self._rating_vals(chance, chance.choice(services), chance.choice(days)) for _ in range(count)]
        paper = [{**vals, "channel": "paper"} for vals in ratings[::6]]
        online = [vals for index, vals in enumerate(ratings) if index % 6]
        # As the system, like every rating that comes from a public page.
        self.env["feedback.rating"].with_user(SUPERUSER_ID).create(online)
        self._as("feedback_operator").env["feedback.rating"].create(paper)

    @api.model
    def _rating_vals(self, chance, service, days):
        score = chance.choices(MARKS, WEIGHTS)[0]
        moment = fields.Datetime.now() - timedelta(days=days, minutes=chance.randrange(1, 500))
        vals = {
            "service_id": service.id,
            "date": moment,
            "score": score,
            "channel": chance.choice(("web", "web", "qr")),
            "lang": "uk",
        }
        if score <= 2 or chance.random() < 0.5:
            vals["comment"] = chance.choice(COMMENTS[score])
        for aspect in ASPECTS:
            if chance.random() < 0.7:
                vals[aspect] = min(5, max(1, score + chance.choice((-1, 0, 0, 1))))
        return vals

    @api.model
    def _low_rule(self):
        return self.env["feedback.rule"].search(
            [("kind", "=", "low"), ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.model
    def _awaiting(self):
        """Return the low marks whose heads were not told yet, as the cron sees them."""
        ratings = self.env["feedback.rating"].with_user(SUPERUSER_ID)
        return ratings.search(
            [("awaits_signal", "=", True), ("company_id", "=", self.env.company.id)], order="date, id"
        )

    @api.model
    def _signal_low_marks(self):
        """Do what the cron does, without its commits."""
        awaiting = self._awaiting()
        return awaiting.env["feedback.signal"]._raise_from_ratings(awaiting)

    @api.model
    def _answer_in_turn(self):
        """Each low mark is answered before the next one comes.

        The head answers for the service centre, the feedback manager for the units without a login.
        """
        for index, rating in enumerate(self._awaiting()):
            signal = rating.env["feedback.signal"]._raise_from_ratings(rating)
            login = "head" if signal.responsible_user_id.login == "head" else "feedback_manager"
            answered = self._as(login).env["feedback.signal"].browse(signal.id)
            if index % 4 == 0:
                answered.action_confirm()
            else:
                answered.action_dismiss(DISMISSALS[index % len(DISMISSALS)])
