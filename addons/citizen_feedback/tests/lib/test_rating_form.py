from odoo.tests import BaseCase

from ...lib.rating_form import ASPECTS, COMMENT_LIMIT, ECHO_LIMIT, clean_text, read_rating


class TestRatingForm(BaseCase):
    def test_complete_form(self):
        form = read_rating({"score": "4", "comment": "  Good\r\nwork ", "channel": "qr", **dict.fromkeys(ASPECTS, "3")})
        self.assertFalse(form.errors)
        self.assertEqual(
            form.values, {"score": 4, "comment": "Good\nwork", "channel": "qr", **dict.fromkeys(ASPECTS, 3)}
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
