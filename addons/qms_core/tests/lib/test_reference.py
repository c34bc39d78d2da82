from pathlib import Path

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import reference

PATH = Path(__file__).parents[2] / "data" / "reference" / "processes.csv"
LANGUAGES = {"en", "ru", "uk"}


class TestReferenceSet(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = reference.read(PATH)

    def test_codes_and_tree(self):
        codes = [entry.code for entry in self.entries]
        self.assertEqual(len(codes), len(set(codes)))
        for entry in self.entries:
            if entry.parent:
                self.assertLess(codes.index(entry.parent), codes.index(entry.code), "Headings come first.")

    def test_every_text_is_there_in_every_language(self):
        for entry in self.entries:
            wanted = ("name", "purpose", "inputs", "outputs") if entry.parent else ("name",)
            for field in wanted:
                self.assertEqual({lang for lang, text in entry.texts[field].items() if text}, LANGUAGES, entry.code)
            for field in ("inputs", "outputs"):
                self.assertEqual(len({len(entry.parts(field, lang)) for lang in LANGUAGES}), 1, entry.code)

    def test_unknown_language_falls_back_to_english(self):
        entry = next(entry for entry in self.entries if entry.code == "C-4.01")
        self.assertEqual(entry.text("name", "fr_FR"), "Internal audit")
        self.assertEqual(entry.text("name", "ru_RU"), "Внутренний аудит")
        self.assertEqual(entry.text("name", None), "Internal audit")

    def test_chosen_ones_bring_their_headings(self):
        chosen = reference.with_headings(self.entries, ["C-3.06"])
        self.assertEqual([entry.code for entry in chosen], ["C-3", "C-3.06"])
