import doctest

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import priority, register


class TestPriority(BaseCase):
    def _order(self, inputs):
        return [row.key for row in priority.prioritise(inputs)]

    def test_examples_of_the_documentation(self):
        for module in (priority, register):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)

    def test_more_of_everything_comes_first(self):
        few = {"demand": 10, "complaints": 1, "lead_hours": 5}
        many = {"demand": 20, "complaints": 2, "lead_hours": 10}
        self.assertEqual(self._order({"few": few, "many": many}), ["many", "few"])

    def test_first_in_everything_scores_100_and_nothing_scores_0(self):
        rows = priority.prioritise(
            {"all": {"demand": 9, "complaints": 9, "lead_hours": 9}, "none": {}, "some": {"demand": 1}}
        )
        scores = {row.key: row.score for row in rows}
        self.assertEqual((scores["all"], scores["none"]), (100, 0))
        self.assertTrue(0 < scores["some"] < 100)

    def test_a_thousand_applications_do_not_drown_complaints(self):
        inputs = {
            "asked": {"demand": 100_000, "complaints": 0, "lead_hours": 1},
            "blamed": {"demand": 900, "complaints": 12, "lead_hours": 100},
            "rare": {"demand": 5, "complaints": 1, "lead_hours": 2},
        }
        self.assertEqual(self._order(inputs)[0], "blamed")

    def test_missing_factor_does_not_annul_the_others(self):
        inputs = {"unmeasured": {"demand": 500, "complaints": 9}, "quiet": {"demand": 1, "lead_hours": 1}}
        self.assertEqual(self._order(inputs), ["unmeasured", "quiet"])

    def test_equal_ones_keep_their_order(self):
        row = {"demand": 3}
        self.assertEqual(self._order({"b": row, "a": row}), ["b", "a"])

    def test_levels(self):
        [first, second, third, fourth] = priority.prioritise({key: {"demand": key} for key in (3, 2, 1, 0)})
        self.assertEqual(
            [row.level("demand") for row in (first, second, third, fourth)], ["high", "medium", "low", "none"]
        )

    def test_nothing_to_rank(self):
        self.assertEqual(priority.prioritise({}), [])


class TestRegisterCompare(BaseCase):
    def test_ignored_fields_and_empty_values_are_no_change(self):
        before = {"a": {"name": "A", "owner": "", "checksum": "1"}}
        after = {"a": {"name": "A", "owner": False, "checksum": "2"}}
        self.assertEqual(register.compare(before, after, ignored=("checksum",)), [])
        self.assertEqual(len(register.compare(before, after)), 1)
