from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .indicator_common import IndicatorCase


class TestQmsCost(IndicatorCase):
    def setUp(self):
        super().setUp()
        self.process = self._process()
        self.indicator = self._indicator(unit_of_measure="cases", target=100, process_id=self.process.id)

    def _cost(self, user=None, **vals):
        return (
            self.env["qms.cost"]
            .with_user(user or self.users["coordinator"])
            .create(
                {
                    "company_id": self.company.id,
                    "indicator_id": self.indicator.id,
                    "process_id": self.process.id,
                    "date": "2026-06-10",
                    "amount": 5000,
                    **vals,
                }
            )
        )

    def test_cost_of_a_unit_of_result(self):
        cost = self._cost()
        self.assertEqual((cost.date, cost.status, cost.has_unit_cost), (date(2026, 6, 30), "none", False))
        self._measure(self.indicator, "2026-06-01", 125)
        self.assertEqual((cost.result, cost.cost_per_unit, cost.status), (125, 40, "met"))
        cost.amount = 10000
        self.assertEqual(cost.cost_per_unit, 80)

    def test_no_cost_of_a_unit_where_it_says_nothing(self):
        self._measure(self.indicator, "2026-06-01", 0)
        self.assertFalse(self._cost().has_unit_cost)
        waiting = self._indicator(code="I-W", direction="lower", unit_of_measure="min", target=15)
        self._measure(waiting, "2026-06-01", 20)
        self.assertFalse(self._cost(indicator_id=waiting.id).has_unit_cost)

    def test_over_time(self):
        for month, count, amount in ((4, 100, 5000), (5, 120, 5400), (6, 150, 6000)):
            self._measure(self.indicator, date(2026, month, 1), count)
            self._cost(date=date(2026, month, 15), amount=amount)
        rows = self.env["qms.cost"]._read_group([], ["date:month"], ["amount:sum", "cost_per_unit:avg"])
        self.assertEqual([(total, unit) for _month, total, unit in rows], [(5000, 50), (5400, 45), (6000, 40)])

    def test_a_process_or_a_service(self):
        service = self.env["qms.service"].create({"name": "S", "code": "S-1", "company_id": self.company.id})
        self.assertIn("S", self._cost(process_id=False, service_id=service.id).display_name)
        for vals in ({"process_id": False}, {"service_id": service.id}, {"amount": -1}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self._cost(date="2026-05-01", **vals)

    def test_once_a_period(self):
        self._cost()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._cost(date="2026-06-30")

    def test_not_of_the_future(self):
        with self.assertRaisesRegex(ValidationError, "not begun"):
            self._cost(date="2026-09-01")

    def test_who_reads_and_writes(self):
        cost = self._cost()
        self.assertEqual(cost.with_user(self.clerk_user).amount, 5000)
        with self.assertRaises(AccessError):
            cost.with_user(self.clerk_user).amount = 1
        with self.assertRaises(AccessError):
            self._abroad("qms.cost").browse(cost.id).read(["amount"])

    def test_exported_as_it_stands(self):
        self._measure(self.indicator, "2026-06-01", 125)
        rows = (
            self._cost()
            .with_env(self.env)
            .export_data(["process_id/code", "date", "amount", "result", "cost_per_unit"])["datas"]
        )
        self.assertEqual(rows, [["P-1", date(2026, 6, 30), 5000, 125, 40]])
