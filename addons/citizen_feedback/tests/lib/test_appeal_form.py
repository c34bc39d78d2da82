from odoo.tests import BaseCase

from ...lib.appeal_form import LINES, TEXT_LIMIT, read_appeal, read_code, read_message, read_satisfaction

GOOD = {"kind": "complaint", "text": "Немає світла"}


class TestAppealForm(BaseCase):
    def _read(self, **fields):
        return read_appeal({**GOOD, **fields}, ["complaint", "suggestion"], ["7"])

    def test_complete_form(self):
        form = self._read(
            author_name="  Олена   Коваль ",
            author_contact="olena@example.org",
            author_address="вул. Садова, 1",
            territory="7",
            consent="yes",
        )
        self.assertEqual(form.errors, {})
        self.assertEqual(
            form.values,
            {
                **GOOD,
                "author_name": "Олена Коваль",
                "author_contact": "olena@example.org",
                "author_address": "вул. Садова, 1",
                "territory": "7",
                "consent": True,
            },
        )

    def test_nothing_personal_needs_no_consent(self):
        form = self._read()
        self.assertEqual((form.errors, form.values), ({}, GOOD))

    def test_anything_personal_needs_consent(self):
        for name in LINES:
            with self.subTest(name=name):
                value = "067 123 45 67" if name == "author_contact" else "Somebody"
                self.assertEqual(self._read(**{name: value}).errors, {"consent": "missing"})

    def test_lengths(self):
        self.assertEqual(self._read(text="я" * TEXT_LIMIT).errors, {})
        form = self._read(text="я" * (TEXT_LIMIT + 1))
        self.assertEqual(form.errors, {"text": "long"})
        self.assertEqual(len(form.texts["text"]), TEXT_LIMIT)
        for name, limit in LINES.items():
            self.assertEqual(self._read(**{name: "9" * (limit + 1)}, consent="yes").errors, {name: "long"})

    def test_bad_choices(self):
        for kind in ("", "petition", "COMPLAINT", "1", "\0"):
            self.assertEqual(self._read(kind=kind).errors, {"kind": "missing"})
        for place in ("8", "abc", "-1", "7 OR 1=1"):
            self.assertEqual(self._read(territory=place).errors, {"territory": "choice"})

    def test_contacts(self):
        for contact in ("olena@example.org", "+380 (67) 123-45-67", "0671234567", "пошта@приклад.укр"):
            self.assertEqual(self._read(author_contact=contact, consent="yes").errors, {}, contact)
        for contact in ("olena@", "@example.org", "abc", "12", "a@b", "a b@c.org", "<a@b.org>", "a@b.org,c@d.org"):
            self.assertEqual(
                self._read(author_contact=contact, consent="yes").errors, {"author_contact": "contact"}, contact
            )

    def test_texts_without_writing(self):
        for text in ("", "  \n ", "\x01\x02", "\u202e"):
            self.assertEqual(self._read(text=text).errors, {"text": "missing"}, repr(text))
        self.assertEqual(self._read(text="a\0b").errors, {"text": "characters"})

    def test_wrong_types(self):
        for value in (None, 5, ["5"], b"5", object()):
            fields = dict.fromkeys(("kind", "text", "territory", "consent", *LINES), value)
            self.assertEqual(read_appeal(fields, ["5"]).errors, {"kind": "missing", "text": "missing"})
            self.assertEqual(read_message({"text": value}).errors, {"text": "missing"})
            self.assertEqual(read_code({"code": value}), "")

    def test_satisfaction(self):
        self.assertEqual(read_satisfaction({"score": "5", "solved": "yes"}).values, {"score": 5, "is_solved": "solved"})
        for score in ("0", "6", "abc", "", "４", "5.0"):
            self.assertEqual(read_satisfaction({"score": score, "solved": "no"}).errors, {"score": "missing"}, score)
        self.assertEqual(read_satisfaction({"score": "5", "solved": "maybe"}).errors, {"solved": "missing"})
