from odoo.tests import BaseCase, tagged

from ...lib import receipt

KEY = bytes(range(32))


@tagged("-at_install", "post_install")
class TestReceipt(BaseCase):
    def test_receipts_differ_and_are_long_enough(self):
        codes = {receipt.draw() for _ in range(500)}
        self.assertEqual(len(codes), 500)
        self.assertGreaterEqual(receipt.BITS, 80)
        self.assertEqual({len(receipt.normalised(code)) * 5 for code in codes}, {receipt.BITS})

    def test_what_people_make_of_it_when_they_type_it(self):
        code = "0123-4567-89AB-CDEF-GHJ1"
        for typed in (
            "0123456789abcdefghj1",
            " O123 4567 89ab cdef ghji ",
            "o123-4567-89ab-cdefGHJl",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(receipt.digest(typed, KEY), receipt.digest(code, KEY))

    def test_other_text_is_no_receipt(self):
        for text in (
            "",
            "12345",
            "x" * 10_000,
            "0123-4567-89AB-CDEF-GHJ",
            "0123-4567-89AB-CDEF-GHJ1A",
            None,
            7,
            "Ж" * 20,
        ):
            with self.subTest(text=str(text)[:30]):
                self.assertEqual(receipt.digest(text, KEY), "")

    def test_the_digest_depends_on_the_key(self):
        code = receipt.draw()
        self.assertNotEqual(receipt.digest(code, KEY), receipt.digest(code, bytes(32)))
        self.assertNotIn(receipt.normalised(code), receipt.digest(code, KEY))
