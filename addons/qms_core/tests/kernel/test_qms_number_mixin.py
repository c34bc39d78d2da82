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

    def test_numbers_in_bulk(self):
        vals = [{"name": f"N {index}", "company_id": self.company.id} for index in range(100)]
        coordinator = self.env["qms.nonconformity"].with_user(self.users["coordinator"])
        coordinator.create(vals[:1])
        records = coordinator.create(vals)
        self.assertEqual(len(set(records.mapped("number"))), 100)
        with self.assertQueryCount(2):
            numbers = coordinator._draw_numbers(self.company, 100)
        self.assertEqual(len(set(numbers)), 100)
