from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import readability


class TestReadability(BaseCase):
    def test_sentences_and_words(self):
        counts = readability.measure("Прийдіть до нас. Візьміть паспорт! Платити не треба…")
        self.assertEqual((counts.sentences, counts.words, counts.longest), (3, 8, 3))
        self.assertEqual(counts.level, "easy")

    def test_numbers_and_apostrophes_do_not_split(self):
        counts = readability.measure("Збір становить 45.40 грн за п'ять аркушів")
        self.assertEqual(counts.sentences, 1)

    def test_lines_of_a_list_are_sentences(self):
        self.assertEqual(readability.measure("Bring:\n- a passport\n- a photo").sentences, 3)

    def test_levels(self):
        for words, level in ((0, "none"), (15, "easy"), (16, "fair"), (22, "fair"), (23, "hard")):
            self.assertEqual(readability.measure("word " * words).level, level)

    def test_empty(self):
        self.assertEqual(readability.measure(None).words_per_sentence, 0)
