from odoo.addons.qms_core.models.indicator.qms_demo_benchmark import CODE
from odoo.addons.qms_core.models.kernel.qms_demo import QmsDemo

from ..common import QmsCase


class TestQmsDemoBenchmark(QmsCase):
    """The comparison of the demo city, with the coordinator of this test in the place of the city's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("uk_UA")
        cls.indicator = cls.env["qms.indicator"].create(
            {
                "name": "Waiting",
                "code": CODE,
                "company_id": cls.company.id,
                "unit_of_measure": "min",
                "direction": "lower",
                "period": "month",
                "target": 15,
            }
        )
        found = QmsDemo._user
        cls.classPatch(QmsDemo, "_user", lambda demo, login: cls.users.get(login) or found(demo, login))
        cls.env["qms.demo"]._play_benchmark()
        cls.region = cls.env["res.users"].search([("login", "=", "region")])

    def test_four_bodies_are_compared(self):
        page = self.env["qms.benchmark"].with_user(self.region).get_page(CODE)
        self.assertEqual((page["scope"], page["total"], len(page["rows"])), ("all", 4, 4))
        self.assertEqual([point["total"] for point in page["trend"]], [4] * 12)
        self.assertEqual(page["left_out"], [])
        bodies = self.env["qms.body"].sudo().search([("company_id", "in", self.region.company_ids.ids)])
        self.assertEqual(len(bodies), 3, "The city's own body comes with its workbook.")

    def test_the_city_sees_itself(self):
        page = self.env["qms.benchmark"].with_user(self.users["coordinator"]).get_page(CODE)
        self.assertEqual((page["scope"], page["total"], len(page["rows"])), ("others", 4, 1))
        self.assertTrue(page["box"])
