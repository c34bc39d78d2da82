from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsIndicator(QmsCase):
    def _indicator(self, **vals):
        return self.env["qms.indicator"].create(
            {"name": "Answered in term", "code": "I-1", "company_id": self.company.id, "target": 95, **vals}
        )

    def _measure(self, indicator, date, value):
        return indicator.measurement_ids.create({"indicator_id": indicator.id, "date": date, "value": value})

    def test_status_follows_the_last_value(self):
        indicator = self._indicator()
        self.assertEqual(indicator.status, "none")
        self._measure(indicator, "2026-04-01", 97)
        self._measure(indicator, "2026-01-01", 80)
        self.assertEqual((indicator.last_value, indicator.status), (97, "met"))
        self._measure(indicator, "2026-07-01", 94.9)
        self.assertEqual((indicator.last_value, indicator.status), (94.9, "missed"))

    def test_lower_is_better(self):
        indicator = self._indicator(direction="lower", target=15)
        self.assertEqual(self._measure(indicator, "2026-01-01", 15).status, "met")
        self.assertEqual(self._measure(indicator, "2026-04-01", 15.5).status, "missed")

    def test_one_value_a_period(self):
        indicator = self._indicator()
        self._measure(indicator, "2026-01-01", 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._measure(indicator, "2026-01-01", 2)

    def test_values_are_the_authority_s(self):
        value = self._measure(self._indicator(), "2026-01-01", 1)
        with self.assertRaises(AccessError):
            self._abroad("qms.measurement").browse(value.id).read(["value"])
        with self.assertRaises(AccessError):
            value.with_user(self.clerk_user).value = 2

    def test_officers_write_the_figures_of_their_units(self):
        elsewhere = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        officer = self.users["quality_officer"]
        service = self.env["qms.service"].create(
            {"name": "Copies", "code": "S-1", "company_id": self.company.id, "department_id": self.unit.id}
        )
        own = self._indicator(process_id=self._process().id) | self._indicator(code="I-2", service_id=service.id)
        foreign = self._indicator(code="I-3", process_id=self._process("P-2", department_id=elsewhere.id).id)
        common = self._indicator(code="I-4")
        for indicator in own:
            indicator.with_user(officer).target = 90
            value = self._measure(indicator.with_user(officer), "2026-01-01", 1)
            value.with_user(officer).value = 2
        for indicator in foreign | common:
            value = self._measure(indicator, "2026-01-01", 1)
            self.assertEqual(value.with_user(officer).value, 1)
            with self.assertRaises(AccessError):
                indicator.with_user(officer).target = 90
            with self.assertRaises(AccessError):
                value.with_user(officer).value = 2
            with self.assertRaises(AccessError):
                value.with_user(officer).create({"indicator_id": indicator.id, "date": "2026-04-01", "value": 1})
            value.with_user(self.users["coordinator"]).value = 3

    def test_officers_change_no_party_but_their_own(self):
        officer = self.users["quality_officer"]
        parties = self.env["qms.party"].with_user(officer)
        common = self.env["qms.party"].create({"name": "Firms", "code": "PT-1", "company_id": self.company.id})
        own = parties.create({"name": "Schools", "code": "PT-2", "company_id": self.company.id})
        own.needs = "Speed"
        with self.assertRaises(AccessError):
            common.with_user(officer).needs = "None"
        common.with_user(self.users["coordinator"]).needs = "Speed"
