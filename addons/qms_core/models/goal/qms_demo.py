from datetime import date, timedelta

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


# What the region wants of its cities: code, what it contributes to, name, kind. The first is its own.
REGION_GOALS = (
    ("ОБЛ-1", "", "Область, у якій влада служить людям", "strategic"),
    ("ОБЛ-1.1", "ОБЛ-1", "Надавати адміністративні послуги у строк у кожній громаді", "tactical"),
    ("ОБЛ-1.2", "ОБЛ-1", "Знизити корупційні ризики в органах влади області", "tactical"),
)
# Goals of the city by those that the region cascades to it.
CASCADED = {"ОБЛ-1.1": "Ц-1", "ОБЛ-1.2": "Ц-3"}
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
        """The goal tree came with the workbook; the coordinator enters years and superior goals, the mayor approves."""
        own = [("company_id", "=", self.env.company.id)]
        goals = self._as("coordinator").env["qms.goal"].search(own)
        goals.write(self._goal_period())
        for superior in self._region_goals():
            goals.filtered(lambda goal, above=superior: goal.code == CASCADED[above.code]).parent_id = superior.id
        goals.with_user(self._user("mayor")).action_approve()

    @api.model
    def _goal_period(self):
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
        for code, above, name, kind in REGION_GOALS:
            if not goals.search([("company_id", "=", company.id), ("code", "=", code)]):
                whole = goals.search([("company_id", "=", company.id), ("code", "=", above)])
                goals.create(
                    {
                        "code": code,
                        "name": name,
                        "kind": kind,
                        "parent_id": whole.id,
                        "company_id": company.id,
                        **self._goal_period(),
                    }
                ).action_approve()
        cascaded = goals.search([("company_id", "=", company.id), ("code", "in", list(CASCADED))])
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
