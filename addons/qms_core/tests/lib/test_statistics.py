import doctest

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import contrast
from odoo.addons.qms_core.lib.statistics import (
    CONSTANTS,
    Rule,
    histogram,
    individuals,
    kaplan_meier,
    pareto,
    percentile,
    quantile,
)

# Montgomery, Introduction to Statistical Quality Control, example 6.5: costs of processing loan applications.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
# NIST/SEMATECH e-Handbook, 6.3.2.2: batch flow rates.
FLOWS = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# Weeks of remission of leukaemia patients (Freireich et al. 1963; Cox and Oakes, Analysis of Survival Data, 1.1).
TREATED = [(6, 3), (7, 1), (10, 1), (13, 1), (16, 1), (22, 1), (23, 1)]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


class TestExamples(BaseCase):
    def test_examples_of_the_documentation(self):
        for name in ("pareto", "control_chart", "durations", "survival"):
            module = __import__(f"odoo.addons.qms_core.lib.statistics.{name}", fromlist=[name])
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
        self.assertEqual(doctest.testmod(contrast).failed, 0)


class TestPareto(BaseCase):
    def test_vital_few_reach_the_share(self):
        bars = pareto({"a": 2, "b": 50, "c": 30, "d": 18})
        self.assertEqual(
            [(bar.key, bar.cumulative, bar.vital) for bar in bars][:3],
            [
                ("b", 50, True),
                ("c", 80, True),
                ("d", 98, False),
            ],
        )
        self.assertEqual(bars[-1].cumulative, 100)

    def test_one_cause_nothing_and_equal_ones(self):
        [bar] = pareto({"only": 3, "never": 0})
        self.assertEqual((bar.share, bar.cumulative, bar.vital), (100, 100, True))
        self.assertEqual(pareto({}), [])
        self.assertEqual([bar.key for bar in pareto({"b": 1, "a": 1})], ["b", "a"])

    def test_negative_count(self):
        with self.assertRaises(ValueError):
            pareto({"a": -1})


class TestControlChart(BaseCase):
    def _rules(self, values, **options):
        return [sorted(point.rules) for point in individuals(values, **options).points]

    def test_example_of_montgomery(self):
        chart = individuals(LOANS)
        self.assertAlmostEqual(chart.mean, 300.5, 1)
        self.assertAlmostEqual(chart.mean_range, 7.79, 2)
        self.assertAlmostEqual(chart.upper, 321.22, 1)
        self.assertAlmostEqual(chart.lower, 279.78, 1)
        self.assertAlmostEqual(chart.upper_range, 25.45, 1)
        self.assertTrue(chart.in_control)

    def test_example_of_the_nist_handbook(self):
        chart = individuals(FLOWS)
        self.assertAlmostEqual(chart.mean, 50.81)
        self.assertAlmostEqual(chart.mean_range, 1.8778, 4)
        self.assertAlmostEqual(chart.upper, 55.8041, 4)
        self.assertAlmostEqual(chart.lower, 45.8159, 4)
        self.assertTrue(chart.in_control)

    def test_constants_are_those_of_the_tables(self):
        chart = individuals([0, 1, 0, 1, 0, 1])
        self.assertAlmostEqual(chart.upper - chart.mean, CONSTANTS["individuals"], 2)
        self.assertAlmostEqual(chart.upper_range, CONSTANTS["range"], 3)

    def test_one_point_beyond_the_limits_and_the_jump_to_it(self):
        rules = self._rules([10, 11, 10, 9, 10, 11, 30, 10, 9, 10, 11, 10])
        self.assertEqual(rules[6], [Rule.BEYOND, Rule.RANGE])
        self.assertEqual([rule for rule in rules if rule], [rules[6], [Rule.RANGE]])

    def test_ninth_point_on_one_side(self):
        eight, nine = [12, 11] * 4, [12, 11] * 4 + [12]
        below = [8, 7] * 6
        self.assertFalse(any(Rule.ONE_SIDE in point for point in self._rules(below[:8] + eight)))
        marked = [Rule.ONE_SIDE in point for point in self._rules(nine + below[:8])]
        self.assertEqual(marked.index(True), 8)
        self.assertEqual(sum(marked), 1)

    def test_sixth_point_of_a_trend(self):
        rising = [1, 2, 3, 4, 5, 6]
        self.assertIn(Rule.TREND, self._rules(rising)[5])
        self.assertIn(Rule.TREND, self._rules(rising[::-1])[5])
        self.assertFalse(any(Rule.TREND in point for point in self._rules([1, 2, 3, 4, 5, 5, 6, 7])))
        self.assertFalse(any(Rule.TREND in point for point in self._rules([1, 2, 3, 4, 5, 4, 5, 6])))

    def test_counts_have_no_limit_below_zero(self):
        self.assertLess(individuals([0, 5, 0, 6]).lower, 0)
        self.assertEqual(individuals([0, 5, 0, 6], floor=0).lower, 0)

    def test_nothing_varies(self):
        chart = individuals([4] * 12)
        self.assertEqual((chart.lower, chart.upper), (4, 4))
        self.assertTrue(chart.in_control)

    def test_too_few(self):
        for values in ([], [1]):
            with self.assertRaises(ValueError):
                individuals(values)


class TestDurations(BaseCase):
    def test_percentile_as_in_the_nist_handbook(self):
        """NIST/SEMATECH e-Handbook, 7.2.6.2: 12 gauge measurements, by the method of spreadsheets."""
        values = [
            *(95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610),
            *(95.1591, 95.1195, 95.1065, 95.0925, 95.1990, 95.1682),
        ]
        self.assertAlmostEqual(percentile(values, 90), 95.19568, 5)
        self.assertEqual((percentile(values, 0), percentile(values, 100)), (min(values), max(values)))

    def test_histogram_counts_each_value_once(self):
        values = [0, 7, 7, 8, 14, 15, 400]
        classes = histogram(values, (7, 14, 30))
        self.assertEqual([count for _lower, _upper, count in classes], [3, 2, 1, 1])
        self.assertEqual(sum(count for _lower, _upper, count in classes), len(values))


class TestSurvival(BaseCase):
    def test_example_of_cox_and_oakes(self):
        durations_ = [(week, True) for week, count in TREATED for _each in range(count)]
        steps = kaplan_meier(durations_ + [(week, False) for week in CENSORED])
        self.assertEqual([step.time for step in steps], [6, 7, 10, 13, 16, 22, 23])
        published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
        for step, share in zip(steps, published, strict=True):
            self.assertAlmostEqual(step.open_share, share, 3)
        self.assertEqual([step.at_risk for step in steps], [21, 17, 15, 12, 11, 7, 6])
        self.assertEqual(quantile(steps, 0.5), 23)
        self.assertIsNone(quantile(steps, 0.9))

    def test_all_closed_is_the_plain_share(self):
        steps = kaplan_meier([(week, True) for week in PLACEBO])
        self.assertEqual(quantile(steps, 0.5), 8)
        self.assertEqual(steps[-1].open_share, 0)
        for step in steps:
            later = sum(week > step.time for week in PLACEBO)
            self.assertAlmostEqual(step.open_share, later / len(PLACEBO))

    def test_open_ones_make_the_median_longer(self):
        closed = [(day, True) for day in (5, 10, 15, 20)]
        still_open = [(day, False) for day in (40, 60, 80)]
        self.assertGreater(quantile(kaplan_meier(closed + still_open), 0.5), quantile(kaplan_meier(closed), 0.5))

    def test_nothing(self):
        self.assertEqual(kaplan_meier([]), [])
        self.assertEqual(kaplan_meier([(5, False)]), [])
        self.assertIsNone(quantile([], 0.5))
