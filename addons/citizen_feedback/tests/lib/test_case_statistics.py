import doctest

from odoo.tests import BaseCase

from odoo.addons.citizen_feedback.lib import case_statistics, expert_scores, sampling
from odoo.addons.citizen_feedback.lib.case_statistics import Cases, figures, seasonality, spearman


class TestCaseStatistics(BaseCase):
    def test_examples_of_the_documentation(self):
        for module in (case_statistics, sampling, expert_scores):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_open_cases_count_but_have_no_term(self):
        found = figures([Cases(None, None, None, 7)])
        self.assertEqual((found.count, found.done), (7, 0))
        self.assertEqual((found.in_time_share, found.mean_days, found.p90_days, found.refused_share), (None,) * 4)

    def test_cases_without_norm_are_not_judged(self):
        found = figures([Cases(5, None, "granted", 9), Cases(5, True, "granted", 1)])
        self.assertEqual((found.done, found.judged, found.in_time_share), (10, 1, 100.0))

    def test_percentile_tells_what_the_average_hides(self):
        found = figures([Cases(1, True, "granted", 89), Cases(60, False, "granted", 11)])
        self.assertEqual((found.median_days, found.p90_days), (1, 60))

    def test_season_is_not_mistaken_for_growth(self):
        # Three years that grow by two a month, with August twice as busy.
        months = [(index % 12 + 1, (100 + 2 * index) * (2 if index % 12 == 7 else 1)) for index in range(36)]
        season = seasonality(months)
        self.assertAlmostEqual(season[8], 1.85, delta=0.02)
        others = [index for month, index in season.items() if month != 8]
        self.assertLess(max(others) - min(others), 0.03)
        self.assertAlmostEqual(sum(season.values()), 12)

    def test_less_than_a_year_has_no_season(self):
        self.assertEqual(seasonality([(month, 10) for month in range(1, 12)]), {})
        self.assertEqual(seasonality([(month, 0) for month in range(1, 13)]), {})

    def test_correlation_of_ranks_with_ties(self):
        # By hand: ranks 1.5 1.5 3 4 5 6 against 2 1 3 4 6 5 give 16 / √(17 · 17.5).
        found = spearman([(1, 20), (1, 10), (2, 30), (3, 40), (4, 60), (5, 50)])
        self.assertAlmostEqual(found.rho, 0.9276, places=4)
        self.assertLess(found.lower, found.rho)
        self.assertLess(found.rho, found.upper)

    def test_chance_is_not_called_a_correlation(self):
        self.assertFalse(spearman([(1, 3), (2, 1), (3, 4), (4, 2), (5, 5)]).is_certain)
        self.assertTrue(spearman([(value, value + value % 3) for value in range(30)]).is_certain)
        self.assertIsNone(spearman([(1, 1), (2, 2), (3, 3), (4, 4)]))
