from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import AppealCase

LETTER = (
    "Вимагаємо відновити рух автобуса сімнадцятого маршруту через вулицю Садову, бо мешканці мікрорайону вже третій "
    "місяць дістаються до поліклініки пішки, а люди похилого віку взагалі не можуть туди потрапити. {}"
)


@tagged("post_install", "-at_install")
class TestFeedbackAppealAlike(AppealCase):
    def _from(self, contact, text, **vals):
        return self._appeal(author_contact=contact, author_name=contact, text=text, **vals)

    def test_same_author_same_question_is_a_repeat(self):
        first = self._from("+380 (50) 111-22-33", "Ліхтар на вулиці Садовій не світить другий місяць")
        again = self._from("+380501112233", "На вулиці Садовій ліхтар і досі не світить")
        other = self._from("+380501112233", "Прошу видати довідку про склад сім'ї")
        somebody = self._from("anna@example.org", "На вулиці Садовій ліхтар і досі не світить")
        (first + again + other + somebody)._find_alike()
        self.assertEqual((again.is_repeat, again.repeat_of_id), (True, first))
        self.assertFalse((first + other + somebody).filtered("is_repeat"))
        self.assertFalse((first + again).filtered("is_mass"), "one author is no mass")
        third = self._from("+380501112233", "Ліхтар на вулиці Садовій знову не світить")
        third._find_alike()
        self.assertEqual(third.repeat_of_id, first, "the first one is what all repeat")

    def test_same_text_of_many_is_a_mass_appeal(self):
        letters = self.env["feedback.appeal"]
        for name in ("anna", "borys"):
            letters += self._from(f"{name}@example.org", LETTER.format(f"З повагою, {name}"))
        letters._find_alike()
        self.assertFalse(letters.filtered("is_mass"), "two are a coincidence")
        letters += self._from("ciril@example.org", LETTER.format("Чекаю відповіді, Кирило"))
        other = self._from("dana@example.org", "Прошу видати довідку про склад сім'ї для субсидії якнайшвидше")
        (letters[-1] + other)._find_alike()
        self.assertEqual(letters.mapped("is_mass"), [True] * 3, "who sent it before, too")
        self.assertEqual((letters.mass_of_id, letters[0].mass_count), (letters[0], 3))
        self.assertFalse(letters.filtered("is_repeat"))
        self.assertFalse(other.is_mass)

    def test_one_author_however_he_writes_his_number(self):
        first = self._from("+380 (50) 123-45-67", "Ліхтар на вулиці Садовій не світить")
        again = self._from("0501234567", "Ліхтар на вулиці Садовій не світить")
        (first + again)._find_alike()
        self.assertTrue(again.is_repeat)

    def test_long_ago_is_no_repeat(self):
        long_ago = fields.Datetime.now() - timedelta(days=400)
        first = self._from("anna@example.org", "Ліхтар на вулиці Садовій не світить", date_received=long_ago)
        again = self._from("anna@example.org", "Ліхтар на вулиці Садовій не світить")
        (first + again)._find_alike()
        self.assertFalse(again.is_repeat)

    def test_other_authority_is_not_compared(self):
        first = self._from("anna@example.org", "Ліхтар на вулиці Садовій не світить")
        self.assertNotEqual(
            first.sudo().author_key,
            self.env["feedback.appeal"]
            .sudo()
            .create(
                {
                    "company_id": self.other_company.id,
                    "kind_id": self.kinds["application"].id,
                    "text": "Ліхтар",
                    "author_contact": "anna@example.org",
                }
            )
            .author_key,
        )

    def test_the_cron_compares_what_waits(self):
        self.startPatcher(patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60))
        appeal = self._from("anna@example.org", "Ліхтар")
        self.assertTrue(appeal.awaits_alike)
        self.env["feedback.appeal"]._cron_alike()
        self.assertFalse(appeal.awaits_alike)
