from odoo.exceptions import AccessError

from ..common import QmsCase


class TestQmsOptimisation(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.busy = cls._process("P-1", yearly_demand=1200)
        cls.rare = cls._process("P-2", yearly_demand=10)
        cls.unknown = cls._process("P-3")
        cls._approved(cls.busy)

    def _rows(self, user=None):
        model = self.env["qms.optimisation"].with_user(user or self.users["coordinator"])
        return model.browse(model.action_propose()["domain"][0][2])

    def test_demand_of_services_counts_where_the_process_has_none(self):
        self.env["qms.service"].create(
            [
                {
                    "name": code,
                    "code": code,
                    "company_id": self.company.id,
                    "process_id": process.id,
                    "yearly_demand": 40,
                }
                for code, process in (("S-1", self.unknown), ("S-2", self.unknown), ("S-3", self.busy))
            ]
        )
        self.assertEqual((self.busy | self.unknown)._get_demand(), {self.busy.id: 1200, self.unknown.id: 80})

    def test_order_and_words(self):
        rows = self._rows()
        self.assertEqual(rows.mapped("process_id"), self.busy | self.rare, "Of the third nothing is known.")
        self.assertEqual(rows.mapped("place"), [1, 2])
        self.assertGreater(rows[0].score, rows[1].score)
        self.assertIn("demand high: 1200 a year", rows[0].explanation)
        self.assertNotIn("complaints", rows[0].explanation, "Of what is unknown nothing is said.")
        hours = self.company.resource_calendar_id.hours_per_day
        self.assertAlmostEqual(rows[0].lead_days, (2 + 20 / 60) / hours, places=1)

    def test_heading_is_not_proposed(self):
        self._process("P-1.1", parent_id=self.busy.id, yearly_demand=5)
        self.assertNotIn(self.busy, self._rows().process_id)

    def test_another_authority_has_its_own_ranking(self):
        model = self._abroad("qms.optimisation")
        self.assertFalse(model.browse(model.action_propose()["domain"][0][2]))

    def test_who_asks(self):
        for group in ("quality_officer", "commissioner", "auditor", "top_management"):
            self.assertEqual(len(self._rows(self.users[group])), 2)
        with self.assertRaises(AccessError):
            self._rows(self.clerk_user)
