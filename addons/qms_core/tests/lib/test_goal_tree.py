from odoo.tests import BaseCase

from ...lib.goal_tree import ordered, worst


class TestGoalTree(BaseCase):
    def test_whole_is_as_good_as_its_worst_part(self):
        for statuses, expected in (
            (["met", "met"], "met"),
            (["met", "near"], "near"),
            (["missed", "near", "met"], "missed"),
            (["none", "met"], "met"),
            (["none"], "none"),
            ([], "none"),
            ([False, "near"], "near"),
        ):
            self.assertEqual(worst(statuses), expected, statuses)

    def test_each_node_stands_before_its_parts(self):
        rows = ordered({"b": "a", "a": None, "d": "b", "c": "a", "e": None})
        self.assertEqual(rows, [("a", 0), ("b", 1), ("d", 2), ("c", 1), ("e", 0)])

    def test_part_of_something_else_stands_at_the_top(self):
        self.assertEqual(ordered({"x": "elsewhere", "y": "x"}), [("x", 0), ("y", 1)])
        self.assertEqual(ordered({}), [])

    def test_deep_trees(self):
        chain = {number: number - 1 if number else None for number in range(5000)}
        self.assertEqual(ordered(chain)[-1], (4999, 4999))

    def test_circle(self):
        with self.assertRaises(ValueError):
            ordered({"a": "b", "b": "a"})
