import doctest

from odoo.tests import BaseCase

from odoo.addons.citizen_feedback.lib import case_statistics, expert_scores, sampling
from odoo.addons.citizen_feedback.lib.case_statistics import Cases, figures, seasonality, spearman
from odoo.addons.citizen_feedback.lib.sampling import change_of_share, margin_of_share, mean_of, share_of


class TestCaseStatistics(BaseCase):
    def test_examples_of_the_documentation(self):
        for module in (case_statistics, sampling, expert_scores):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_open_cases_count_but_have_no_term(self):
        found = figures([Cases(12, None, None, 7)])
        self.assertEqual((found.count, found.done), (7, 0))
        self.assertEqual((found.in_time_share, found.mean_days, found.p90_days, found.refused_share), (None,) * 4)

    def test_cases_without_norm_are_not_judged(self):
        found = figures([Cases(5, None, "granted", 9), Cases(5, True, "granted", 1)])
        self.assertEqual((found.done, found.judged, found.in_time_share), (10, 1, 100.0))

    def test_percentile_tells_what_the_average_hides(self):
        found = figures([Cases(1, True, "granted", 89), Cases(60, False, "granted", 11)])
        self.assertEqual((found.median_days, found.p90_days), (1, 60))

    def test_who_never_finishes_is_not_always_in_time(self):
        found = figures([Cases(5, True, "granted", 6), Cases(90, False, None, 4)])
        self.assertEqual((found.done, found.judged, found.in_time_share), (6, 10, 60.0))
        # Four of ten have waited for ninety days: of nine of ten nobody knows yet how long they take.
        self.assertEqual((found.mean_days, found.median_days, found.p90_days), (5, 5, None))

    def test_what_has_just_come_does_not_make_the_terms_shorter_or_longer(self):
        old = [Cases(10, True, "granted", 50), Cases(20, True, "granted", 50)]
        found = figures([*old, Cases(1, None, None, 900)])
        self.assertEqual((found.median_days, found.p90_days), (10, 20))

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

    def test_each_average_that_was_taken_out_makes_it_less_certain(self):
        pairs = [(value, value + 6 * (value % 2)) for value in range(10)]
        one, five = spearman(pairs), spearman(pairs, averages=5)
        self.assertEqual(one.rho, five.rho)
        self.assertTrue(one.is_certain)
        self.assertFalse(five.is_certain)


class TestSampling(BaseCase):
    def test_a_few_of_one_opinion_are_not_all(self):
        everybody = share_of(5, 5)
        self.assertGreater(everybody.margin, 0.4)
        self.assertEqual(everybody.upper, 1)
        nobody = share_of(0, 5)
        self.assertAlmostEqual(nobody.margin, everybody.margin)
        self.assertFalse(change_of_share(everybody, share_of(3, 5)).is_certain)
        self.assertTrue(change_of_share(share_of(500, 500), share_of(300, 500)).is_certain)

    def test_of_a_small_population_more_is_known(self):
        self.assertLess(share_of(30, 40, population=50).margin, share_of(30, 40).margin / 2)
        self.assertEqual(share_of(30, 40, population=40).margin, 0)

    def test_more_answers_than_people_tell_nothing_of_the_population(self):
        self.assertEqual(margin_of_share(60, 50), margin_of_share(60))
        self.assertGreater(margin_of_share(60, 50), 0.1)

    def test_a_mean_of_counted_answers(self):
        self.assertEqual(mean_of([(5, 30), (3, 10)]), mean_of([(5, 15), (3, 10), (5, 15)]))
        self.assertIsNone(mean_of([(5, 1)]))
