from odoo.tests import BaseCase, tagged

from ...lib import same_words

LETTER = (
    "Вимагаємо відновити рух автобуса сімнадцятого маршруту через вулицю Садову, бо мешканці мікрорайону вже третій "
    "місяць дістаються до поліклініки пішки, а люди похилого віку взагалі не можуть туди потрапити. {}"
)
OTHER = (
    "Прошу видати довідку про склад сім'ї для оформлення субсидії, бо у центрі послуг мені відмовили через відсутність "
    "договору оренди, хоча закон його не вимагає, і порадили звернутися письмово."
)


@tagged("-at_install", "post_install")
class TestSameWords(BaseCase):
    def test_the_same_letter_of_several_people(self):
        texts = {
            7: LETTER.format("Петренко Іван, вулиця Садова, 5"),
            3: LETTER.format("З повагою, родина Ковальчуків."),
            5: OTHER,
            9: LETTER.format("Прошу відповісти письмово!"),
        }
        self.assertEqual(same_words.groups(texts), {3: 3, 7: 3, 9: 3})

    def test_same_topic_in_other_words_is_another_letter(self):
        texts = {1: LETTER.format(""), 2: "Коли вже пустять автобус номер сімнадцять? Чекаємо на Садовій з ранку."}
        self.assertEqual(same_words.groups(texts), {})

    def test_short_texts_are_alike_by_chance(self):
        self.assertEqual(same_words.groups({1: "Немає води третій день", 2: "Немає води третій день"}), {})

    def test_empty_and_odd_texts(self):
        self.assertEqual(same_words.groups({}), {})
        self.assertEqual(same_words.groups({1: "", 2: None, 3: "12345 67890 !!!"}), {})

    def test_letters_that_are_alike_through_a_third_one_are_one_group(self):
        words = [f"слово{number:02}" for number in range(60)]
        texts = {1: " ".join(words[:40]), 2: " ".join(words[10:50]), 3: " ".join(words[20:])}
        self.assertEqual(same_words.groups(texts), {1: 1, 2: 1, 3: 1})
