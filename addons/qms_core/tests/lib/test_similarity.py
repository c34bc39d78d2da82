from odoo.tests import BaseCase

from ...lib.similarity import LIKENESS, likeness
from ...lib.trigrams import words


class TestSimilarity(BaseCase):
    def test_inflected_words_count_as_the_same(self):
        for first, second in (
            ("Заявнику не видано опис документів", "Заявникам не видали описи прийнятих документів"),
            ("Застаріла інструкція на робочому місці", "На робочих місцях застарілі інструкції"),
            ("Не работает электронная очередь", "Электронная очередь снова не работала"),
            ("Certificate issued with a wrong date", "Wrong date in the certificate issued"),
        ):
            with self.subTest(first):
                self.assertGreaterEqual(likeness(first, second), LIKENESS)

    def test_different_things_stay_different(self):
        for first, second in (
            ("Заявнику не видано опис документів", "Черга понад годину в понеділок"),
            ("Не працює електронна черга", "Заявнику відмовлено без підстав"),
            ("Permit signed without a visa", "Archive certificate has a wrong date"),
        ):
            with self.subTest(first):
                self.assertLess(likeness(first, second), LIKENESS)

    def test_it_is_the_same_both_ways_and_whatever_the_order(self):
        first, second = "Відмова без підстав заявнику", "Заявнику відмовлено без підстав"
        self.assertEqual(likeness(first, second), likeness(second, first))
        self.assertEqual(likeness("один два три чотири", "чотири три два один"), 1)

    def test_texts_without_words_are_like_nothing(self):
        for empty in ("", None, "12.05.2026", "? — !"):
            self.assertEqual(likeness(empty, "Черга"), 0)
            self.assertEqual(likeness(empty, empty), 0)

    def test_numbers_and_short_words_say_nothing(self):
        self.assertEqual(words("У 2026 на 5 днів пізніше"), ("днів", "пізніше"))
