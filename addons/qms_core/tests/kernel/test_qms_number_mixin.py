from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

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

    def test_imported_and_drawn_at_once(self):
        with patch.object(type(self.env.company), "_qms_today", lambda self: date(2026, 5, 1)):
            rows = [{"name": "A", "number": "CA-2026-0001"}, {"name": "B"}]
            actions = self.env["qms.action"].with_user(self.users["coordinator"]).create(rows)
        self.assertEqual(actions.mapped("number"), ["CA-2026-0001", "CA-2026-0002"])

    def test_who_only_reports_chooses_no_number(self):
        with self.assertRaisesRegex(AccessError, "draws the numbers"):
            self._nonconformity(number="NC-2026-0001")
        record = self.env["qms.nonconformity"].with_user(self.clerk_user).with_context(default_number="NC-1")
        self.assertNotEqual(record.create({"name": "x", "company_id": self.company.id}).number, "NC-1")

    def test_no_number_is_given_twice(self):
        first = self._nonconformity(user=self.users["coordinator"], number="OLD-7")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._nonconformity(user=self.users["coordinator"], number=first.number)
        self.assertEqual(self._abroad("qms.nonconformity").create({"name": "B", "number": "OLD-7"}).number, "OLD-7")

    def test_every_numbered_model_gives_each_number_once(self):
        mixin = self.env.registry["qms.number.mixin"]
        numbered = [model for model in self.env.values() if not model._abstract and isinstance(model, mixin)]
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE%'")
        unique = {name for [name] in self.env.cr.fetchall()}
        self.assertEqual([model._name for model in numbered if f"{model._table}_number_once" not in unique], [])

    def test_number_of_the_authority_that_a_default_names(self):
        self.env["qms.nonconformity"].create({"name": "Here"})
        there = self.env["qms.nonconformity"].with_context(default_company_id=self.other_company.id)
        self.assertTrue(there.create({"name": "There"}).number.endswith("-0001"))

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
