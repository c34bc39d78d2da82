from datetime import timedelta

from odoo import api, models

# Illustrative measures: kind, text, code of the responsible employee, codes of co-executing units, days from today
# until the deadline, indicator.
MEASURES = [
    (
        "organisation",
        "Визначити у відділах та управліннях осіб, відповідальних за роботу щодо запобігання корупції",
        "E-039",
        ["U-ORG"],
        30,
        "Розпорядження видано, список оприлюднено",
    ),
    (
        "training",
        "Провести навчання посадових осіб щодо вимог антикорупційного законодавства та врегулювання "
        "конфлікту інтересів",
        "E-011",
        ["U-ACO"],
        45,
        "Навчено не менше 90 % посадових осіб",
    ),
    (
        "regulation",
        "Перевіряти проєкти актів міської ради та виконкому на корупційні чинники",
        "E-014",
        ["U-ORG"],
        20,
        "Висновок є до кожного проєкту",
    ),
    (
        "services",
        "Оновити на стендах і вебсторінці ЦНАП переліки документів, строки та розмір плати за послуги",
        "E-026",
        ["U-IT"],
        60,
        "Відомості збігаються з інформаційними картками",
    ),
    (
        "control",
        "Перевірити строки виконання доручень за зверненнями, у яких ідеться про можливу корупцію",
        "E-007",
        ["U-APP"],
        -10,
        "Звіт подано голові",
    ),
    (
        "staff",
        "Нагадати посадовим особам про строк подання декларацій і надати консультації",
        "E-039",
        ["U-HR"],
        14,
        "Усі декларації подано вчасно",
    ),
    (
        "control",
        "Проаналізувати закупівлі за рік на ознаки конфлікту інтересів",
        "E-025",
        ["U-FIN", "U-LAW"],
        75,
        "Аналітична довідка",
    ),
    (
        "services",
        "Розглянути оцінки та скарги заявників ЦНАП щодо доброчесності адміністраторів",
        "E-027",
        ["U-APP"],
        90,
        "Протокол розгляду щокварталу",
    ),
]
# What was reported so far: row of MEASURES -> (login, evidence, accepted).
REPORTED = {
    1: ("hr", "Навчання проведено у двох групах; відомості з підписами у справі 02-14.", False),
    2: ("lawyer", "Перевірено 118 проєктів, висновки додано до справ.", False),
    3: ("head", "Стенди замінено, сторінку оновлено; звірено з картками послуг.", True),
}


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _logins(self):
        return {
            **super()._logins(),
            "anticorruption": (["anticorruption.group_officer"], "Anti-corruption officer"),
        }

    @api.model
    def _play_scenario(self):
        """A plan in force with measures under way, done, accepted and late."""
        super()._play_scenario()
        today = self.env.company._qms_today()
        plan = (
            self._as("anticorruption")
            .env["anticorruption.plan"]
            .create(
                {
                    "name": "План заходів щодо запобігання та протидії корупції серед посадових осіб",
                    "level": "city",
                    "date_from": today.replace(month=1, day=1),
                    "date_to": today.replace(month=12, day=31),
                    "act_kind": "Розпорядження міського голови",
                    "act_number": "12-р",
                    "act_date": today.replace(month=1, day=1),
                    "source": "Виконує на рівні міста заходи державної програми та обласного розпорядження щодо "
                    "запобігання проявам корупції.",
                    "note": "Заходи ілюстративні: складено для демонстраційного міста.",
                }
            )
        )
        measures = plan.measure_ids.create([self._demo_measure_vals(plan, row, today) for row in MEASURES])
        plan.action_submit()
        plan.with_user(self._user("mayor")).action_approve()
        for number, (login, evidence, accepted) in REPORTED.items():
            measures[number].with_user(self._user(login)).action_done(evidence)
            if accepted:
                measures[number].action_accept()

    @api.model
    def _demo_measure_vals(self, plan, row, today):
        kind, name, employee, units, days, indicator = row
        deadline = min(max(today + timedelta(days=days), plan.date_from), plan.date_to)
        return {
            "plan_id": plan.id,
            "kind": kind,
            "name": name,
            "responsible_id": self.env["hr.employee"].search([("qms_code", "=", employee)]).id,
            "department_ids": [(6, 0, self.env["hr.department"].search([("qms_code", "in", units)]).ids)],
            "date_deadline": deadline,
            "indicator": indicator,
        }
