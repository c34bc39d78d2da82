import doctest

from odoo.tests import BaseCase

from odoo.addons.qms_core.lib import document_code
from odoo.addons.qms_core.lib.document import files


class TestDocumentCode(BaseCase):
    def test_examples(self):
        for module in (document_code, files):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_empty_parts_leave_no_double_separators(self):
        parts = document_code.split("{type}.{unit}.{year}/{number:4}", {"type": "A", "unit": "", "year": "2026"})
        self.assertEqual(parts, ("A.2026/", "", 4))

    def test_numbers_may_stand_before_other_signs(self):
        before, after, digits = document_code.split("{number}-{type}", {"type": "р"})
        self.assertEqual(document_code.codes(before, after, digits, ["193-р", "x-р"], 1), ["194-р"])

    def test_rules_with_mistakes(self):
        self.assertEqual(document_code.problem("{number}{number}"), "number")
        self.assertEqual(document_code.problem("{type.env}-{number}"), "unknown")


class TestFiles(BaseCase):
    def test_what_may_be_uploaded(self):
        self.assertIsNone(files.problem("A.DOCX", b"PK\x03\x04..."))
        self.assertEqual(files.problem("a.docx", b""), "empty")
        self.assertEqual(files.problem("a.txt", b"x" * 11, most=10), "size")
        self.assertEqual(files.problem("a.svg", b"<svg/>"), "type")
