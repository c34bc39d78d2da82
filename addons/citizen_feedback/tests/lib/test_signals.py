import doctest
from math import exp, factorial

from odoo.tests import BaseCase

from ...lib import keywords, signals, tuning
from ...lib.findings import Finding
from ...lib.signals import burst_chance, falling
from ...lib.tuning import propose_limit


class TestSignals(BaseCase):
    def test_examples_of_the_docstrings(self):
        for module in (signals, keywords, tuning):
            with self.subTest(module=module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)

    def test_with_a_long_past_the_chance_is_poissons(self):
        # 9,000 events in 999 days before: 9 a day are known as well as can be.
        expected = 9000 / 999
        tail = 1 - sum(exp(-expected) * expected**k / factorial(k) for k in range(16))
        self.assertAlmostEqual(burst_chance(16, 9000, 1 / 1000), tail, delta=0.001)

    def test_a_quiet_service_needs_few_marks_and_a_busy_one_many(self):
        day = 1 / 91
        self.assertLess(burst_chance(3, 0, day), 0.001)
        self.assertGreater(burst_chance(3, 180, day), 0.1)
        self.assertLess(burst_chance(10, 180, day), 0.001)

    def test_a_busy_year_is_no_overflow(self):
        self.assertLess(burst_chance(5000, 200000, 1 / 91), 1e-9)
        self.assertGreater(burst_chance(2, 200000, 1 / 91), 0.999)

    def test_nonsense_is_refused(self):
        for arguments in ((-1, 0, 0.5), (0, -1, 0.5), (1, 1, 0), (1, 1, 1)):
            with self.subTest(arguments=arguments), self.assertRaises(ValueError):
                burst_chance(*arguments)

    def test_kendalls_statistic_by_hand(self):
        # Every later value is lower: S = -n(n-1)/2, variance n(n-1)(2n+5)/18 = 92 for n = 8.
        trend = falling([8, 7, 6, 5, 4, 3, 2, 1])
        self.assertEqual(trend.s, -28)
        self.assertAlmostEqual(trend.z, -27 / 65.3333333**0.5, places=5)
        self.assertEqual(trend.change, -7)
        self.assertLess(trend.chance, 0.001)

    def test_ties_make_the_variance_smaller(self):
        # n = 8 with ties of 4 and 4: (8*7*21 - 2*4*3*13) / 18 = 48; S = -16
        self.assertAlmostEqual(falling([5, 5, 5, 5, 4, 4, 4, 4]).z, -15 / 48**0.5, places=5)

    def test_what_rises_or_stays_does_not_fall(self):
        self.assertGreater(falling([1, 2, 3, 4, 5, 6, 7, 8]).chance, 0.99)
        self.assertEqual(falling([4] * 9).chance, 0.5)

    def test_weeks_without_marks_are_left_out_but_take_their_time(self):
        trend = falling([5, None, 4.8, 4.6, None, 4.5, 4.3, 4.1, 4.0, 3.8])
        self.assertEqual(trend.s, -28)
        self.assertAlmostEqual(trend.change, -1.2, delta=0.1)
        self.assertIsNone(falling([5, None, 4, None, 3]))

    def test_a_limit_that_loses_real_signals_is_not_proposed(self):
        self.assertIsNone(propose_limit([(3, True), (4, True), (3, False), (3, False), (9, False)]))
        self.assertIsNone(propose_limit([(3, True), (9, False)]), "too few answers")
        self.assertIsNone(propose_limit([(3, True)] * 9), "nothing real is known")

    def test_two_findings_of_a_unit_become_one(self):
        first = Finding(1, 7, [11], {"feedback.appeal": [4]}, {"words": ["a"]}, 1)
        second = Finding(2, 7, [12], {}, {"words": ["a", "b"]}, 3)
        both = first.merge(second)
        self.assertEqual((both.place, both.rating_ids, both.strength), ((7, 0), [11, 12], 3))
        self.assertEqual((both.figures["words"], both.record_ids), (["a", "b"], {"feedback.appeal": [4]}))
