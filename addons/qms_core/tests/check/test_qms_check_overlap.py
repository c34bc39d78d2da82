from unittest.mock import patch

from .check_common import CheckCase


class TestOverlapChecks(CheckCase):
    def _function(self, code, name, unit, acts=False):
        process = self._process(code, name=name, department_id=unit.id)
        self._published(process, legal_basis=acts)
        return process

    def test_similar_names_in_two_units(self):
        other = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        first = self._function("P-1", "Розгляд звернень громадян", self.unit)
        second = self._function("P-2", "Розгляд звернення громадянина", other)
        self._function("P-3", "Розгляд звернень громадян", self.unit)
        self._function("P-4", "Публічні закупівлі", other)
        self.assertEqual(self._hits("functions_overlap"), {(first.display_name, "P-2"), (second.display_name, "P-3")})

    def test_of_many_alike_the_nearest_are_told(self):
        units = self.env["hr.department"].create(
            [{"name": f"Office {number}", "company_id": self.company.id} for number in range(4)]
        )
        for number, unit in enumerate(units):
            self._function(f"P-{number}", "Issue of certificates", unit)
        self.assertEqual(len(self._hits("functions_overlap")), 6)
        with patch("odoo.addons.qms_core.models.check.qms_check_overlap.NEAREST", 1):
            hits = self._hits("functions_overlap")
        self.assertEqual(len(hits), 3)
        told = {name.split()[0] for name, _key in hits} | {key for _name, key in hits}
        self.assertEqual(told, {"P-0", "P-1", "P-2", "P-3"}, "Each is told once at least.")

    def test_same_acts_in_two_units(self):
        other = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        first = self._function("P-1", "Issue of certificates", self.unit, "Law 1; Law 2")
        self._function("P-2", "Certificates of income", other, "Law 2\nLaw 1")
        self._function("P-3", "Purchase", other, "Law 1;Law 2")
        self._function("P-4", "Certificates of birth", other, "Law 3")
        self.assertEqual(self._hits("functions_overlap"), {(first.display_name, "P-2")})
