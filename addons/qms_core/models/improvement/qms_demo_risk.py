from datetime import timedelta
from typing import NamedTuple

from odoo import api, models


class Threat(NamedTuple):
    """A risk or opportunity of the city and how far its treatment got."""

    process: str
    kind: str
    category: str
    name: str
    cause: str
    consequence: str
    before: tuple
    strategy: str
    actions: tuple
    after: tuple
    reached: str


THREATS = (
    Threat(
        "P-2.01", "risk", "technology", "Державний реєстр недоступний у години прийому",
        "Один канал зв’язку, реєстр працює з перебоями.", "Заявники приходять удруге, черга зростає.",
        (4, 4), "reduce", ("Підключити резервний канал", "Затвердити порядок роботи під час збою"), (3, 2), "monitored",
    ),
    Threat(
        "P-2.04", "risk", "legal", "Рішення про ділянку скасовано судом",
        "Документи перевіряють по черзі, а не разом.", "Повторний розгляд, витрати на суд, утрата довіри.",
        (3, 5), "reduce", ("Перевіряти комплект до реєстрації", "Додати правову експертизу"), (2, 4), "treated",
    ),
    Threat(
        "P-2.05", "risk", "service", "Звернення розглянуто після строку",
        "Резолюція йде до виконавця паперами.", "Скарги, адміністративна відповідальність посадових осіб.",
        (4, 3), "reduce", ("Передавати резолюції в системі того ж дня",), (2, 3), "monitored",
    ),
    Threat(
        "P-3.07", "risk", "technology", "Утрата даних через шифрувальника",
        "Резервні копії зберігаються на тому самому сервері.", "Послуги зупинено на тижні, дані втрачено.",
        (2, 5), "reduce", ("Винести копії в інше місце", "Щокварталу пробувати відновлення"), (1, 4), "treated",
    ),
    Threat(
        "P-3.09", "risk", "technology", "Витік персональних даних заявників",
        "Анкети лежать на столах, екрани видно з черги.", "Шкода заявникам, перевірка уповноваженого органу.",
        (3, 4), "reduce", ("Шафи, що замикаються, і плівка на екрани",), (2, 3), "monitored",
    ),
    Threat(
        "P-3.04", "risk", "staff", "Адміністраторів ЦНАП бракує влітку",
        "Відпустки збігаються з піком звернень.", "Працює половина вікон, очікування понад годину.",
        (4, 3), "reduce", ("Скласти графік відпусток за потоком відвідувачів",), (2, 2), "monitored",
    ),
    Threat(
        "P-3.03", "risk", "finance", "Закупівлю оскаржено, договір не укладено в строк",
        "Технічне завдання копіюють із попереднього року.", "Ремонт переноситься на наступний рік.",
        (3, 3), "share", ("Залучити незалежну експертизу завдань понад поріг",), (), "treated",
    ),
    Threat(
        "P-1.06", "risk", "safety", "Немає світла у приміщенні ЦНАП понад добу",
        "Генератор один на три будівлі.", "Прийом зупинено, черга не працює.",
        (4, 4), "accept", (), (), "accepted",
    ),
    Threat(
        "P-1.08", "risk", "legal", "Рішення ухвалено без оприлюднення проєкту в строк",
        "Проєкти подають у переддень засідання.", "Рішення нечинне.", (3, 4), "", (), (), "assessed",
    ),
    Threat(
        "P-2.09", "risk", "safety", "Пошкодження архівних документів вологою",
        "Архівосховище у підвалі.", "Документи втрачено назавжди.",
        (2, 5), "avoid", ("Перенести фонди на другий поверх",), (), "treated",
    ),
    Threat(
        "P-1.09", "risk", "reputation", "Спростування недостовірної новини запізнюється",
        "Погодження відповіді триває два дні.", "Утрата довіри громади.", (3, 2), "accept", (), (), "accepted",
    ),
    Threat(
        "P-2.12", "risk", "legal", "Містобудівні умови видано з помилкою в обмеженнях",
        "Шари кадастру оновлюють раз на квартал.", "", (), "", (), (), "identified",
    ),
    Threat(
        "P-2.02", "opportunity", "service", "Реєстрація місця проживання без візиту",
        "Державний застосунок дає змогу подати заяву онлайн.", "Тисячі візитів на рік стануть непотрібними.",
        (4, 5), "use", ("Під’єднатися до державного застосунку",), (), "treated",
    ),
    Threat(
        "P-3.10", "opportunity", "technology", "Відкриті дані про черги в реальному часі",
        "Система черги вже збирає дані.", "Люди обирають час візиту, пік згладжується.",
        (3, 3), "enhance", ("Оприлюднити набір даних черги",), (3, 4), "monitored",
    ),
    Threat(
        "P-3.05", "opportunity", "staff", "Спільне навчання з сусідніми громадами",
        "Сусідні громади мають тренерів.", "", (), "", (), (), "identified",
    ),
)  # fmt: skip


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """Risks and opportunities in every stage, moved by the people who may move them."""
        super()._play_scenario()
        for threat in THREATS:
            self._play_threat(threat)

    @api.model
    def _play_threat(self, threat):
        coordinator = self._as("coordinator")
        process = coordinator.env["qms.process"].search([("code", "=", threat.process)])
        risk = coordinator.env["qms.risk"].create(
            {
                "name": threat.name,
                "kind": threat.kind,
                "category": threat.category,
                "process_id": process.id,
                "cause": threat.cause,
                "consequence": threat.consequence,
                "strategy": False if threat.reached == "accepted" else threat.strategy,
                **self._steps_of(threat, "inherent", threat.before),
            }
        )
        if threat.reached == "identified":
            return
        risk.action_assess()
        if threat.reached == "accepted":
            # Of two evils: a second generator is in next year's budget.
            risk.with_user(self._user("deputy")).action_accept("Витрати на усунення перевищують можливі втрати.")
        elif threat.reached != "assessed":
            self._play_treatment(threat, risk)

    @api.model
    def _play_treatment(self, threat, risk):
        today = self.env.company._qms_today()
        finished = threat.reached == "monitored"
        worker = self._user("clerk").employee_id if finished else risk.responsible_id
        actions = risk.env["qms.action"].create(
            [
                {
                    "name": name,
                    "kind": "improvement" if threat.kind == "opportunity" else "preventive",
                    "risk_id": risk.id,
                    "responsible_id": worker.id,
                    "date_deadline": today + timedelta(days=30 * number),
                    "cost": 12000 * number,
                }
                for number, name in enumerate(threat.actions, start=1)
            ]
        )
        risk.action_treat()
        if finished:
            done = actions.with_user(self._user("clerk"))
            done.write({"evidence": "Акт виконаних робіт додано."})
            done.action_done()
            risk.write(self._steps_of(threat, "residual", threat.after))
            risk.action_monitor()

    @api.model
    def _steps_of(self, threat, stage, figures):
        """Return the values of a judgement: the steps of likelihood and of impact or benefit."""
        axes = ("likelihood", "benefit" if threat.kind == "opportunity" else "impact")
        steps = {(step.axis, step.value): step.id for step in self.env["qms.risk.scale"]._current().step_ids}
        fields = (f"{stage}_likelihood_id", f"{stage}_impact_id")
        return {name: steps[axis, value] for name, axis, value in zip(fields, axes, figures, strict=False)}
