from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, models

REGION = "Вербогірська обласна державна адміністрація"
CITY_BODY = "EXEC"
ACT = {"act_kind": "order", "act_issuer": "Міський голова", "act_number": "193-р"}
POLICY = {
    "mission": "Виконавчий комітет служить громаді Вербогора: дає кожному мешканцю доступні, зрозумілі й своєчасні "
    "послуги та дбайливо розпоряджається тим, що належить громаді.",
    "vision": "Місто, у якому жодне питання до влади не потребує більше одного звернення, а кожне рішення можна "
    "побачити й перевірити.",
    "statement": "Керівництво виконкому зобов’язується визначати потреби громади щороку, ставити вимірні цілі, "
    "забезпечувати їх ресурсами, не терпіти корупції й постійно поліпшувати систему управління якістю.",
    "priorities": "Якість і доступність послуг\nВідкритість і підзвітність\nЗапобігання корупції\nФаховість персоналу",
    "principles": "Орієнтація на замовника\nЛідерство\nЗадіяння персоналу\nПроцесний підхід\nПоліпшення\n"
    "Рішення на підставі доказів\nКерування взаємовідносинами",
    "measures": "Програма соціально-економічного розвитку міста\nПлан заходів із запобігання корупції\n"
    "Річна програма внутрішніх аудитів\nПлан навчання персоналу",
}  # fmt: skip


class Aim(NamedTuple):
    """A goal of the demo: what it contributes to, the process that reaches it, the indicators that measure it."""

    code: str
    parent: str
    name: str
    process: str = ""
    indicators: tuple = ()


# What the region wants of its cities; the first is its own, the other two cascade.
REGION_AIMS = (
    Aim("ОБЛ-1", "", "Область, у якій влада служить людям"),
    Aim("ОБЛ-1.1", "ОБЛ-1", "Надавати адміністративні послуги у строк у кожній громаді"),
    Aim("ОБЛ-1.2", "ОБЛ-1", "Знизити корупційні ризики в органах влади області"),
)
CASCADED = ("ОБЛ-1.1", "ОБЛ-1.2")
# Goals of the city; what a goal is part of stands before it.
AIMS = (
    Aim("Ц-1", "ОБЛ-1.1", "Доступні та якісні послуги для кожного мешканця", "P-2.01"),
    Aim("Ц-2", "", "Влада, що чує громаду й звітує перед нею", "P-1.09"),
    Aim("Ц-3", "ОБЛ-1.2", "Доброчесність і нетерпимість до корупції", "P-1.07"),
    Aim("Ц-4", "", "Фаховий і вмотивований персонал", "P-3.04"),
    Aim("Ц-5", "", "Система управління, що вчиться на помилках", "P-1.04"),
    Aim("Ц-1.1", "Ц-1", "Надавати 99 % адміністративних послуг у строк", "P-2.01", ("I-03",)),
    Aim("Ц-1.2", "Ц-1", "Скоротити очікування в черзі ЦНАП до 15 хвилин", "P-2.01", ("I-04",)),
    Aim("Ц-1.3", "Ц-1", "Підняти середню оцінку заявників до 4,5 бала", "P-4.02", ("I-05",)),
    Aim("Ц-2.1", "Ц-2", "Розглядати всі звернення громадян у строк", "P-2.05", ("I-01",)),
    Aim("Ц-2.2", "Ц-2", "Відповідати на всі запити на інформацію у строк", "P-2.06", ("I-18",)),
    Aim("Ц-2.3", "Ц-2", "Зменшити частку повторних звернень до 5 %", "P-2.05", ("I-02",)),
    Aim("Ц-3.1", "Ц-3", "Виконати план антикорупційних заходів", "P-1.07", ("I-13",)),
    Aim("Ц-3.2", "Ц-3", "Мати не менше трьох учасників у закупівлі", "P-3.03", ("I-16",)),
    Aim("Ц-4.1", "Ц-4", "Виконати план навчання працівників", "P-3.05", ("I-14",)),
    Aim("Ц-4.2", "Ц-4", "Заміщувати вакансії за 45 днів", "P-3.04", ("I-15",)),
    Aim("Ц-5.1", "Ц-5", "Виконувати акти й доручення у строк", "P-2.07", ("I-07",)),
    Aim("Ц-5.2", "Ц-5", "Не допускати повторення невідповідностей", "P-4.04", ("I-11",)),
    Aim("Ц-5.3", "Ц-5", "Охопити внутрішніми аудитами всі підрозділи", "P-4.01", ("I-12",)),
    Aim("Ц-1.2.1", "Ц-1.2", "Забезпечити роботу реєстрів і електронної черги без перерв", "P-3.07", ("I-17",)),
    Aim("Ц-1.3.1", "Ц-1.3", "Отримувати анкету від кожного п’ятого заявника", "P-4.02", ("I-06",)),
    Aim("Ц-5.1.1", "Ц-5.1", "Виконувати заходи плану роботи в кожному підрозділі", "P-1.01", ("I-08",)),
    Aim("Ц-5.1.2", "Ц-5.1", "Зменшити частку проєктів актів, повернених на доопрацювання", "P-2.08", ("I-09",)),
    Aim("Ц-5.2.1", "Ц-5.2", "Виконувати коригувальні дії у строк", "P-4.05", ("I-10",)),
)
KINDS = ("strategic", "tactical", "operational")
# Goals hold for this many years.
YEARS = 3


class QmsDemo(models.AbstractModel):
    """Mission, policy and goal tree of the city, two of its goals below those of the region."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_policy()
        self._play_goals()

    @api.model
    def _play_policy(self):
        """The coordinator writes the policy, the mayor approves it by his order."""
        day = self.env.company._qms_today() - timedelta(days=30)
        policy = self._as("coordinator").env["qms.policy"].create({**POLICY, **ACT, "act_date": day, "lang": "uk_UA"})
        policy.action_submit()
        policy.with_user(self._user("mayor")).action_approve()

    @api.model
    def _play_goals(self):
        """The coordinator enters the goal tree, the mayor approves it."""
        superior = {goal.code: goal.id for goal in self._region_goals()}
        made = self._as("coordinator").env["qms.goal"]
        for aim in AIMS:
            goal = made.create(self._aim_vals(aim, superior))
            superior[goal.code] = goal.id
            made |= goal
        made.with_user(self._user("mayor")).action_approve()

    @api.model
    def _aim_vals(self, aim, superior):
        own = [("company_id", "=", self.env.company.id)]
        process = self.env["qms.process"].search([("code", "=", aim.process), *own])
        indicators = self.env["qms.indicator"].search([("code", "in", aim.indicators), *own])
        return {
            "code": aim.code,
            "name": aim.name,
            "kind": KINDS[aim.code.count(".")],
            "parent_id": superior.get(aim.parent),
            "owner_role_id": process.owner_role_id.id,
            "department_id": process.department_id.id,
            "process_ids": [(6, 0, process.ids)],
            "indicator_ids": [(6, 0, indicators.ids)],
            **self._aim_period(),
        }

    @api.model
    def _aim_period(self):
        year = self.env.company._qms_today().year
        return {"date_start": date(year, 1, 1), "date_end": date(year + YEARS - 1, 12, 31)}

    @api.model
    def _region_goals(self):
        """Return the region's goals that it cascades to the city, which is listed for it.

        The region is another authority with its own people, of whom none plays a part here.
        """
        body = self.env["qms.body"].search([("code", "=", CITY_BODY), ("company_id", "=", self.env.company.id)])
        body.is_listed = True
        # sudo: nobody of the city acts for the region.
        company = self._region_company().sudo()
        goals = self.env["qms.goal"].sudo().with_context(allowed_company_ids=company.ids)
        for aim in REGION_AIMS:
            if not goals.search([("company_id", "=", company.id), ("code", "=", aim.code)]):
                whole = goals.search([("company_id", "=", company.id), ("code", "=", aim.parent)])
                goals.create(
                    {
                        "code": aim.code,
                        "name": aim.name,
                        "kind": KINDS[aim.code.count(".")],
                        "parent_id": whole.id,
                        "company_id": company.id,
                        **self._aim_period(),
                    }
                ).action_approve()
        cascaded = goals.search([("company_id", "=", company.id), ("code", "in", CASCADED)])
        cascaded.body_ids += body
        return cascaded

    @api.model
    def _region_company(self):
        """Return the region's authority; several cities of one database share it."""
        # sudo: whoever loads the city need not work for the region.
        companies = self.env["res.company"].sudo()
        region = companies.search([("name", "=", REGION)])
        if not region:
            region = companies.create({"name": REGION, "country_id": self.env.ref("base.ua").id})
            # sudo: Odoo lets its creator work for it; the city's administrator, who may be none, stays the city's.
            self.env.user.sudo().company_ids -= region
        return region
