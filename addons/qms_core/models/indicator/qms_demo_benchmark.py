from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, models

from ..kernel.qms_demo import TIME_ZONE

SEED = 18091
# Mean waiting time at the service centre, in minutes.
CODE, MONTHS = "I-04", 24
# Neighbours and about how long one waits there, first and last.
NEIGHBOURS = {
    "Виконавчий комітет Сосногірської міської ради": (19, 12.5),
    "Виконавчий комітет Ясенівської міської ради": (16, 15),
    "Виконавчий комітет Калинодольської міської ради": (24, 19.5),
}
OWN_CITY = (22, 14.5)


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _logins(self):
        region = (["group_coordinator"], "Regional coordinator: compares four authorities")
        return {**super()._logins(), "region": region}

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_benchmark()

    @api.model
    def _play_benchmark(self):
        """The city and three neighbours compare how long one waits at their service centres."""
        indicator = self.env["qms.indicator"].search([("code", "=", CODE), ("company_id", "=", self.env.company.id)])
        if not indicator:
            return
        indicator.with_env(self._as("coordinator").env).benchmark = True
        chance = Random(SEED)
        if not indicator.measurement_ids:
            self._enter_values(indicator.with_env(self._as("coordinator").env), OWN_CITY, chance)
        neighbours = self._create_neighbours()
        for neighbour, waiting in zip(neighbours, NEIGHBOURS.values(), strict=True):
            region = self._as("region").with_context(allowed_company_ids=neighbour.ids)
            region.env["qms.body"].create({"name": neighbour.name, "code": "EXEC", "company_id": neighbour.id})
            other = region.env["qms.indicator"].create(
                {
                    **{name: indicator[name] for name in ("unit_of_measure", "direction", "period", "target")},
                    "name": indicator.with_context(lang="uk_UA").name,
                    "code": CODE,
                    "company_id": neighbour.id,
                    "benchmark": True,
                }
            )
            self._enter_values(other, waiting, chance)

    @api.model
    def _create_neighbours(self):
        """Create the neighbours' companies and the person who may read all four.

        :return: the neighbours (``res.company``)
        """
        # As who keeps the database: whoever creates a company may choose it from then on.
        keeper = self.with_user(SUPERUSER_ID)
        groups = self.env.ref("base.group_user") | self.env.ref("qms_core.group_coordinator")
        neighbours = keeper.env["res.company"].create(
            [{"name": name, "currency_id": self.env.company.currency_id.id} for name in NEIGHBOURS]
        )
        neighbours.resource_calendar_id.tz = TIME_ZONE
        keeper.env["res.users"].with_context(no_reset_password=True, mail_create_nosubscribe=True).create(
            {
                "name": "Ольга Мельничук",
                "login": "region",
                "password": "region",
                "email": "region@oblast.example",
                "lang": "uk_UA",
                "tz": TIME_ZONE,
                "company_id": self.env.company.id,
                "company_ids": [(6, 0, (self.env.company | neighbours).ids)],
                "group_ids": [(6, 0, groups.ids)],
                "notification_type": "inbox",
            }
        )
        return neighbours

    @api.model
    def _enter_values(self, indicator, waiting, chance):
        """Enter the values of the last two years, from the first level to the last one with some chance."""
        first, last = waiting
        current = indicator.company_id._qms_today().replace(day=1)
        indicator.env["qms.measurement"].create(
            [
                {
                    "indicator_id": indicator.id,
                    "date": current - relativedelta(months=MONTHS - 1 - month) - timedelta(days=1),
                    "value": round(first + (last - first) * month / (MONTHS - 1) + chance.uniform(-1.5, 1.5), 1),
                }
                for month in range(MONTHS)
            ]
        )
