import doctest
from itertools import combinations
from random import Random

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import quartiles
from odoo.addons.qms_core.lib.quartiles import Box, compare, nice_step, places, quarter, rough_quartiles, scale

# Miles per gallon of R's data set mtcars; its summary() is printed in many textbooks: 15.43, 19.20, 22.80.
MTCARS = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4]
MTCARS += [14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]


class TestExamples(BaseCase):
    def test_examples_of_the_documentation(self):
        result = doctest.testmod(quartiles)
        self.assertGreater(result.attempted, 10)
        self.assertEqual(result.failed, 0)


class TestQuartiles(BaseCase):
    def test_published_values(self):
        self.assertEqual([round(value, 3) for value in quartiles.quartiles(MTCARS)[:3]], [15.425, 19.2, 22.8])
        # "Quantile calculations in R", R-help, 13 January 2012.
        self.assertEqual(quartiles.quartiles([1, 12, 14, 3, 96, 111])[:3], (5.25, 13, 75.5))
        # Documentation of QUARTILE.INC in GrapeCity Spread.
        self.assertEqual(quartiles.quartiles([11, 21, 42, 27, 18, 29, 32, 52]).lower, 20.25)

    def test_few_values(self):
        self.assertIsNone(quartiles.quartiles([]))
        self.assertEqual(quartiles.quartiles([7])[:3], (7, 7, 7))
        self.assertIsNone(rough_quartiles([]))

    def test_places(self):
        values = {"a": 1, "b": 2, "c": 2, "d": 3}
        self.assertEqual(places(values, higher=True), {"d": 1, "b": 2, "c": 2, "a": 4})
        self.assertEqual(places(values, higher=False), {"a": 1, "b": 2, "c": 2, "d": 4})

    def test_quarter_by_direction(self):
        box = Box(10, 20, 30)
        self.assertEqual([quarter(value, box, True) for value in (31, 25, 15, 5)], [1, 2, 3, 4])
        self.assertEqual([quarter(value, box, False) for value in (31, 25, 15, 5)], [4, 3, 2, 1])

    def test_scale_holds_its_values(self):
        for values in ([91.4, 97.2], [0], [-3, 12000], [0.001, 0.002]):
            first, last, ticks = scale(values)
            self.assertTrue(first <= min(values) and max(values) <= last)
            self.assertEqual(ticks, sorted(set(ticks)))
            self.assertLessEqual(len(ticks), 8)


class TestDisclosure(BaseCase):
    """What somebody of one authority can compute from what he is told."""

    def _told(self, others, own=50.0, smallest=4):
        values = {"own": own, **{f"other{index}": value for index, value in enumerate(others)}}
        return compare(values, {"own"}, smallest, higher=True)

    def test_nothing_between_few(self):
        for count in (0, 1, 2):
            told = self._told([91.37] * count, smallest=1)
            self.assertIsNone(told.box)
            self.assertEqual(told.places, {})
        self.assertIsNotNone(self._told([91, 94, 97]).box)
        self.assertIsNone(self._told([91, 94, 97], smallest=5).box)

    def test_two_of_four_known_leave_two_that_are_not_told(self):
        values = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}
        for mine in combinations(values, 2):
            told = compare(values, set(mine), 4, True)
            self.assertIsNone(told.box)
            self.assertEqual(set(told.known), set(mine))

    def test_all_known_is_exact_and_has_places(self):
        values = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}
        told = compare(values, set(values), 4, True)
        self.assertEqual((told.scope, told.box), ("all", Box(1.75, 2.5, 3.25)))
        self.assertEqual(told.places, {"d": 1, "c": 2, "b": 3, "a": 4})
        few = compare({"a": 1.0, "b": 2.0}, {"a", "b"}, 4, True)
        self.assertEqual((few.scope, few.box, few.places), ("all", None, {}))

    def test_who_gives_nothing_gets_nothing(self):
        told = compare({"b": 2.0, "c": 3.0, "d": 4.0, "e": 5.0}, {"a"}, 4, True)
        self.assertEqual((told.scope, told.box, told.known), ("none", None, {}))

    def test_moving_the_own_value_moves_nothing(self):
        """Otherwise one could enter value after value and watch where a quartile begins to follow."""
        others = [91.37, 93.81, 97.02]
        self.assertEqual(len({self._told(others, own / 10).box for own in range(0, 2000, 7)}), 1)

    def test_each_value_of_others_stays_open(self):
        """For each of the others there are values at least half a step apart with which the same is told."""
        chance = Random(7)
        for count in (3, 4, 5):
            for _round in range(6):
                others = [round(chance.uniform(0, 100), 2) for _each in range(count)]
                box = self._told(others).box
                moved = ([value + chance.uniform(-1, 1) * box.step for value in others] for _each in range(2500))
                alike = [values for values in moved if self._told(values).box == box]
                self.assertGreater(len(alike), 1)
                for values in zip(*alike, strict=True):
                    self.assertGreaterEqual(max(values) - min(values), box.step / 2)

    def test_different_neighbours_look_alike(self):
        """Three others, each up to half a point elsewhere: nobody can say which of these they are."""
        alike = [(91, 94, 97), (91.4, 93.5, 96.8), (91.1, 94.6, 96.9), (91.6, 94.2, 96.4)]
        self.assertEqual(len({self._told(others).box for others in alike}), 1)

    def test_equal_neighbours_are_told_to_one_per_cent(self):
        self.assertEqual(self._told([99.6] * 3).box, self._told([99.9] * 3).box)
        self.assertEqual(self._told([0, 0, 0]).box, Box(0, 0, 0, 1))

    def test_steps(self):
        steps = {0.011: 0.02, 0.05: 0.05, 1: 1, 1.01: 2, 5.1: 10, 1000: 1000}
        self.assertEqual({least: nice_step(least) for least in steps}, steps)
