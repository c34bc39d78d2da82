from odoo.tests import BaseCase

from ...lib.rating_form import ASPECTS, COMMENT_LIMIT, CONTACT_LIMIT, ECHO_LIMIT, clean_text, read_rating


class TestRatingForm(BaseCase):
    def test_complete_form(self):
        form = read_rating({"score": "4", "comment": "  Good\r\nwork ", "channel": "qr", **dict.fromkeys(ASPECTS, "3")})
        self.assertFalse(form.errors)
        self.assertEqual(
            form.values,
            {
                "score": 4,
                "comment": "Good\nwork",
                "client_kind": "citizen",
                "channel": "qr",
                **dict.fromkeys(ASPECTS, 3),
            },
        )

    def test_bad_marks(self):
        for mark in ("0", "6", "-1", "4.5", "abc", "1e0", "５", "٣", "5" * 5000, "\x005", "None", "True"):
            with self.subTest(mark=mark[:20]):
                form = read_rating({"score": mark, "waiting": mark})
                self.assertEqual(form.errors, {"score": "mark", "waiting": "mark"})
                self.assertNotIn("score", form.texts)

    def test_wrong_types(self):
        for value in (None, 5, ["5"], b"5", object()):
            with self.subTest(value=value):
                self.assertEqual(read_rating({"score": value, "comment": value}).errors, {"score": "missing"})

    def test_empty_aspect_is_no_mark(self):
        form = read_rating({"score": "5", "waiting": ""})
        self.assertFalse(form.errors)
        self.assertNotIn("waiting", form.values)

    def test_does_not_apply_is_an_answer_and_no_mark(self):
        form = read_rating({"score": "5", "waiting": "na", "comfort": "na", "ease": ""})
        self.assertFalse(form.errors)
        self.assertEqual(form.values["inapplicable"], "waiting,comfort")
        self.assertFalse({"waiting", "comfort", "ease"} & set(form.values))
        self.assertEqual((form.texts["waiting"], form.texts.get("ease")), ("na", None))
        self.assertNotIn("inapplicable", read_rating({"score": "5"}).values)
        self.assertEqual(read_rating({"score": "na"}).errors, {"score": "mark"})

    def test_what_is_not_asked_is_not_read(self):
        form = read_rating({"score": "5", "waiting": "4", "comfort": "9", "ease": "na"}, asked=("waiting",))
        self.assertFalse(form.errors)
        self.assertEqual(form.values["waiting"], 4)
        self.assertFalse({"comfort", "inapplicable"} & set(form.values))

    def test_contact_needs_consent(self):
        form = read_rating({"score": "5", "contact": " 050\n123 "})
        self.assertEqual(form.errors, {"contact": "consent"})
        self.assertEqual(form.texts["contact"], "050 123")
        self.assertNotIn("contact", form.values)
        form = read_rating({"score": "5", "contact": "050 123", "consent": "yes"})
        self.assertEqual((form.errors, form.values["contact"]), ({}, "050 123"))
        self.assertNotIn("contact", read_rating({"score": "5", "consent": "yes"}).values)
        long = {"score": "5", "contact": "x" * (CONTACT_LIMIT + 1), "consent": "yes"}
        self.assertEqual(read_rating(long).errors, {"contact": "contact"})

    def test_kind_of_client(self):
        self.assertEqual(read_rating({"client_kind": "business"}).values["client_kind"], "business")
        for forged in ("internal", "", "x", None):
            self.assertEqual(read_rating({"client_kind": forged}).values["client_kind"], "citizen")

    def test_comment_is_kept_for_correction(self):
        long = "я" * (COMMENT_LIMIT + 1)
        form = read_rating({"score": "5", "comment": long})
        self.assertEqual(form.errors, {"comment": "long"})
        self.assertEqual(form.texts["comment"], long)
        self.assertNotIn("comment", form.values)
        self.assertEqual(len(read_rating({"comment": "x" * 60_000}).texts["comment"]), ECHO_LIMIT)
        self.assertFalse(read_rating({"score": "5", "comment": "я" * COMMENT_LIMIT}).errors)

    def test_nul_is_refused_other_controls_are_dropped(self):
        form = read_rating({"score": "5", "comment": "a\0b"})
        self.assertEqual(form.errors, {"comment": "characters"})
        self.assertEqual(form.texts["comment"], "ab")
        self.assertEqual(clean_text("a\x1b[31m\u202eb\ud800\tc"), "a[31mb\tc")
        self.assertEqual(clean_text("👩\u200d👧 \u00a0ok"), "👩\u200d👧 \u00a0ok")

    def test_channel(self):
        self.assertEqual(read_rating({"score": "5", "channel": "paper"}).values["channel"], "web")
