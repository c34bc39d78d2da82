from odoo.tests import BaseCase

from ...lib.numbering import Scheme, natural, renumber


class TestNumbering(BaseCase):
    def test_tree(self):
        codes = {1: "A", 2: "B", 3: "A-10", 4: "A-9", 5: "B-1", 6: "A-9-x"}
        parents = {3: 1, 4: 1, 5: 2, 6: 4}
        self.assertEqual(
            renumber(codes, parents, Scheme()),
            {1: "P-1", 2: "P-2", 4: "P-1.01", 3: "P-1.02", 6: "P-1.01.01", 5: "P-2.01"},
        )

    def test_below_a_whole_that_keeps_its_code(self):
        self.assertEqual(renumber({7: "x"}, {7: "Q-3"}, Scheme(separator="/", width=1, first=4)), {7: "Q-3/4"})

    def test_natural_order(self):
        self.assertEqual(sorted(["P-10", "P-2", "P-2.10", "P-2.9", "p-1", "10", "Ж"], key=natural)[0], "10")
        self.assertEqual(sorted(["P-10", "P-2"], key=natural), ["P-2", "P-10"])
        self.assertEqual(sorted(["P-2.10", "P-2.9"], key=natural), ["P-2.9", "P-2.10"])

    def test_second_time_changes_nothing(self):
        parents = {3: 1, 4: 1, 5: 2}
        once = renumber({1: "z", 2: "y", 3: "b", 4: "a", 5: ""}, parents, Scheme())
        self.assertEqual(renumber(once, parents, Scheme()), once)
