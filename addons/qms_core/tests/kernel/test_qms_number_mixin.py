from datetime import date
from unittest.mock import patch

from ..common import QmsCase


class TestQmsNumberMixin(QmsCase):
    def test_numbers_by_company_and_year(self):
        company_class = type(self.env.company)
        with patch.object(company_class, "_qms_today", lambda self: date(2026, 12, 31)):
            first, second = self._nonconformity(), self._nonconformity()
        with patch.object(company_class, "_qms_today", lambda self: date(2027, 1, 1)):
            third = self._nonconformity()
        self.assertEqual([first.number, second.number, third.number], ["NC-2026-0001", "NC-2026-0002", "NC-2027-0001"])
        with patch.object(company_class, "_qms_today", lambda self: date(2026, 12, 31)):
            foreign = self._abroad("qms.nonconformity").create({"name": "B"})
        self.assertEqual(foreign.number, "NC-2026-0001")

    def test_imported_numbers_are_kept(self):
        record = self._nonconformity(user=self.users["coordinator"], number="OLD-7")
        self.assertEqual(record.number, "OLD-7")

    def test_imported_numbers_are_passed_over(self):
        with patch.object(type(self.env.company), "_qms_today", lambda self: date(2026, 5, 1)):
            self._nonconformity(user=self.users["coordinator"], number="NC-2026-0002")
            abroad = self._abroad("qms.nonconformity").create({"name": "B", "number": "NC-2026-0001"})
            numbers = [self._nonconformity().number for _index in range(2)]
        self.assertEqual(numbers, ["NC-2026-0001", "NC-2026-0003"], "Those of another authority don't count.")
        self.assertEqual(abroad.number, "NC-2026-0001")

    def test_number_is_not_overwritten_on_import(self):
        actions = self.env["qms.action"].with_user(self.users["coordinator"])
        rows = [["imported.a", "Old action", "OLD-7"], ["imported.b", "New action", ""]]
        first, second = actions.browse(actions.load(["id", "name", "number"], rows)["ids"])
        self.assertEqual(first.number, "OLD-7")
        self.assertTrue(second.number)
        drawn = second.number
        result = actions.load(["id", "name", "number"], [["imported.b", "Renamed", "OTHER-1"]])
        self.assertIn(drawn, result["messages"][0]["message"])
        self.assertFalse(result["ids"])
        self.assertTrue(actions.load(["id", "name", "number"], [["imported.a", "Renamed", ""]])["ids"])
        self.assertEqual((first.name, first.number), ("Renamed", "OLD-7"), "An empty column takes no number away.")

    def test_numbers_in_bulk(self):
        vals = [{"name": f"N {index}", "company_id": self.company.id} for index in range(100)]
        coordinator = self.env["qms.nonconformity"].with_user(self.users["coordinator"])
        coordinator.create(vals[:1])
        records = coordinator.create(vals)
        self.assertEqual(len(set(records.mapped("number"))), 100)
        with self.assertQueryCount(2):
            numbers = coordinator._draw_numbers(self.company, 100)
        self.assertEqual(len(set(numbers)), 100)
