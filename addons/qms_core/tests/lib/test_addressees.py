import doctest
from unittest.mock import patch

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import addressees
from odoo.addons.qms_core.lib.addressees import Login, Person, Staff

HEAD, CLERK, DEPUTY, LAST = Login(1), Login(2), Login(3), Login(9)


class TestAddressees(BaseCase):
    def test_examples_of_the_documentation(self):
        result = doctest.testmod(addressees)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)

    def _staff(self, **clerk):
        people = [
            Person(10, HEAD, company=1),
            Person(30, DEPUTY, chief=10, company=1),
            Person(20, **{"login": CLERK, "chief": 10, "company": 1, **clerk}),
        ]
        return Staff(people, lambda company: (LAST,) if company == 1 else ())

    def test_stand_in_is_called_beside_the_person(self):
        self.assertEqual(self._staff(stand_in=30).called(20), [(CLERK, "own"), (DEPUTY, "stand_in")])

    def test_stand_in_alone_for_who_has_no_login(self):
        self.assertEqual(self._staff(stand_in=30, login=None).called(20), [(DEPUTY, "stand_in")])

    def test_nobody_to_reach(self):
        self.assertEqual(self._staff(login=None, chief=None).called(20), [(LAST, "chief")])
        self.assertEqual(self._staff().called(None, 1), [(LAST, "chief")])
        self.assertEqual(self._staff().called(None, 2), [])

    def test_chiefs_one_after_another(self):
        staff = self._staff(chief=30)
        self.assertEqual([staff.told(20, level) for level in range(3)], [[DEPUTY], [HEAD], []])

    def test_chiefs_in_a_circle(self):
        staff = Staff([Person(1, HEAD, chief=2), Person(2, CLERK, chief=1)])
        self.assertEqual([staff.told(1, level) for level in range(2)], [[CLERK], []])

    def test_who_acts_for_his_own_chief_is_not_told_of_himself(self):
        staff = Staff([Person(1, HEAD, chief=3, stand_in=2), Person(2, CLERK, chief=1), Person(3, DEPUTY)])
        self.assertEqual(staff.told(2, 0), [DEPUTY])

    def test_whose_duties_a_login_hears_of(self):
        self.assertEqual(self._staff(stand_in=30).addressed()[3], [(30, "own"), (20, "stand_in")])
        self.assertEqual(self._staff(works=False).addressed()[1], [(10, "own"), (20, "chief")])

    def test_addressees_are_looked_up_once_for_all_batches(self):
        staff = self._staff()
        found = staff.addressed()
        with patch.object(Staff, "called", side_effect=AssertionError("Looked up again.")):
            self.assertEqual(staff.addressed(), found)
