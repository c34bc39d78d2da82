from itertools import combinations

from odoo.tests import BaseCase

from ...lib import trigrams
from ...lib.overlap import ALIKE, alike_pairs

NAMES = {
    1: "Розгляд звернень громадян",
    2: "Розгляд звернення громадянина",
    3: "Громадян звернень розгляд",
    4: "Видача архівних довідок",
    5: "Публічні закупівлі",
    6: "",
    7: "12.05.2026",
}


class TestOverlap(BaseCase):
    def test_inflected_and_reordered_names_are_alike(self):
        pairs = {(first, second) for first, second, _value in alike_pairs(NAMES)}
        self.assertEqual(pairs, {(1, 2), (1, 3), (2, 3)})

    def test_most_alike_comes_first(self):
        self.assertEqual(alike_pairs(NAMES)[0], (1, 3, 1.0))

    def test_names_without_words_are_like_nothing(self):
        self.assertEqual(alike_pairs({1: "", 2: None, 3: "№ 5", 4: "№ 5"}), [])

    def test_the_filter_loses_no_pair(self):
        """Only promising pairs are compared; the result is that of comparing all."""
        words = ("розгляд", "заяв", "заяви", "видача", "довідок", "довідки", "дозволів", "контроль", "архів", "архіву")
        texts = {index: " ".join(three) for index, three in enumerate(combinations(words, 3))}
        for least in (0.3, 0.5, ALIKE, 0.95):
            with self.subTest(least):
                slow = {
                    (a, b)
                    for a, b in combinations(texts, 2)
                    if trigrams.likeness(trigrams.of_text(texts[a]), trigrams.of_text(texts[b])) >= least
                }
                self.assertEqual({(a, b) for a, b, _value in alike_pairs(texts, least)}, slow)
