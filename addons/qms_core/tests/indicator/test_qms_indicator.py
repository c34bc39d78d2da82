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
        return self.env["qms.measurement"].create({"indicator_id": indicator.id, "date": date, "value": value})

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
