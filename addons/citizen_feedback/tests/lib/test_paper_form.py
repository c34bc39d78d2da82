import doctest

from odoo.tests import BaseCase, tagged

from ...lib import api_request, paper_form
from ...lib.rating_form import ASPECTS


@tagged("post_install", "-at_install")
class TestPaperForm(BaseCase):
    def test_examples(self):
        for module in (paper_form, api_request):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_no_answer_and_does_not_apply_are_two_things(self):
        silent = paper_form.read_form({"score": "4", "waiting": ""})
        without = paper_form.read_form({"score": "4", "waiting": "0"})
        self.assertFalse(silent.errors or without.errors)
        self.assertNotIn("inapplicable", silent.values)
        self.assertEqual(without.values["inapplicable"], "waiting")
        self.assertNotIn("waiting", without.values)

    def test_the_overall_mark_applies_always(self):
        self.assertEqual(paper_form.read_form({"score": "0"}).errors, {"score": "mark"})

    def test_what_is_no_mark(self):
        for name in ASPECTS:
            for mark in ("6", "na", "-1", "4.5", "٤"):
                with self.subTest(name=name, mark=mark):
                    self.assertEqual(list(paper_form.read_form({"score": "5", name: mark}).errors), [name])
        for marks in (None, [], "5", {"score": 5}, {"score": ["5"]}):
            with self.subTest(marks=marks):
                self.assertEqual(paper_form.read_form(marks).errors, {"score": "missing"})

    def test_values_of_an_object_are_read_as_a_form_would_send_them(self):
        read = api_request.as_form({"a": 4.5, "b": [5], "c": {"d": 1}, "e": None, "f": 10**400, 5: "x"})
        self.assertEqual(read, {"a": "?", "b": "?", "c": "?", "e": "", "f": "?", "5": "x"})
