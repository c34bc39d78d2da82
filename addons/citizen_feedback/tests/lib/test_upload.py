import io
import zipfile
from unittest.mock import patch

from odoo.tests import BaseCase

from ...lib import upload
from ...lib.upload import FILE_COUNT, FILE_LIMIT, OFFICE, PART_COUNT, TOTAL_LIMIT, clean_name, read_uploads

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def packed(*parts, **contents):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in parts:
            archive.writestr(name, contents.get(name, "x"))
    return stream.getvalue()


def end_of_packed(size, offset=bytes(4)):
    return b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + offset + bytes(2)


def document(*more):
    return packed("[Content_Types].xml", "word/document.xml", *more)


class TestUpload(BaseCase):
    def _errors(self, *sent):
        return [code for code, _name in read_uploads(list(sent)).errors]

    def test_each_kind_by_its_contents(self):
        odt = packed("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text")
        good = {
            "a.pdf": b"%PDF-1.7\n",
            "a.JPG": b"\xff\xd8\xff\xe0",
            "a.png": PNG,
            "a.webp": b"RIFF\0\0\0\0WEBPVP8 ",
            "a.docx": document(),
            "a.xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
            "a.odt": odt,
        }
        for name, content in good.items():
            with self.subTest(name=name):
                uploads = read_uploads([(name, content)])
                self.assertEqual(uploads.errors, [])
                self.assertEqual((uploads.files[0].name, uploads.files[0].content), (name, content))
        self.assertEqual(
            read_uploads([("a.docx", document())]).files[0].mimetype, f"{OFFICE}.wordprocessingml.document"
        )

    def test_what_is_not_what_its_name_says(self):
        program, page = b"MZ\x90\0" + b"\0" * 100, b"<!DOCTYPE html><script>alert(1)</script>"
        for name in ("photo.jpg", "scan.pdf", "scan.png", "letter.docx", "letter.odt", "table.xlsx", "picture.webp"):
            for content in (program, page, b"\x7fELF", b"#!/bin/sh\n", b"PK\x03\x04broken"):
                with self.subTest(name=name, content=content[:8]):
                    self.assertEqual(self._errors((name, content)), ["content"])
        self.assertEqual(self._errors(("letter.docx", packed("[Content_Types].xml", "xl/workbook.xml"))), ["content"])
        self.assertEqual(self._errors(("letter.odt", document())), ["content"])

    def test_kinds_that_are_not_taken(self):
        for name in ("a.exe", "a.html", "a.svg", "a.htm", "a.docm", "a.zip", "a", ".pdf", "a.pdf.exe", "a.js", "a.doc"):
            with self.subTest(name=name):
                self.assertEqual(self._errors((name, b"%PDF-1.7")), ["type"])

    def test_macros_and_bombs(self):
        self.assertEqual(self._errors(("a.docx", document("word/vbaProject.bin"))), ["content"])
        self.assertEqual(self._errors(("a.docx", document(*[f"p{n}" for n in range(PART_COUNT)]))), ["content"])
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "x")
            archive.writestr("word/document.xml", b"\0" * (110 * 1024 * 1024))
        self.assertLess(len(stream.getvalue()), FILE_LIMIT)
        self.assertEqual(self._errors(("a.docx", stream.getvalue())), ["content"])

    def test_a_list_of_parts_without_end_is_not_even_read(self):
        part = b"PK\x01\x02" + b"\x14\0" * 2 + bytes(20) + b"\x01\0" + bytes(16) + b"a"
        parts = part * 100_000
        many = b"PK\x03\x04" + bytes(30) + parts + end_of_packed(len(parts))
        zip64 = b"PK\x03\x04" + bytes(30) + parts + b"PK\x06\x07" + bytes(16) + end_of_packed(100)
        # The mark of the end stands a second time in the very record of the end.
        twice = b"PK\x03\x04" + bytes(30) + parts + end_of_packed(len(parts), offset=b"PK\x05\x06")
        for content in (many, zip64, twice):
            with patch.object(upload.zipfile, "ZipFile") as opened:
                self.assertEqual(self._errors(("a.docx", content)), ["content"])
                opened.assert_not_called()
        self.assertEqual(self._errors(("a.docx", document(*[f"p{n}" for n in range(PART_COUNT - 10)]))), [])

    def test_sizes_and_numbers(self):
        pdf = b"%PDF-1.7"
        self.assertEqual(self._errors(*[("a.pdf", pdf)] * FILE_COUNT), [])
        self.assertEqual(self._errors(*[("a.pdf", pdf)] * (FILE_COUNT + 1)), ["many"])
        self.assertEqual(self._errors(*[("a.pdf", pdf)] * 40), ["many"])
        self.assertEqual(self._errors(("a.pdf", pdf + b"\0" * FILE_LIMIT)), ["large"])
        self.assertEqual(self._errors(("a.pdf", b"")), ["empty"])
        big = pdf + b"\0" * (FILE_LIMIT - len(pdf))
        self.assertEqual(self._errors(("a.pdf", big), ("b.pdf", big)), [])
        self.assertEqual(self._errors(("a.pdf", big), ("b.pdf", big), ("c.pdf", pdf)), ["total"])
        self.assertEqual(TOTAL_LIMIT, 2 * FILE_LIMIT)

    def test_a_form_without_files(self):
        uploads = read_uploads([("", b"")])
        self.assertEqual((uploads.files, uploads.errors), ([], []))

    def test_names(self):
        for name, clean in (
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\temp\\скарга.pdf", "скарга.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("\u202efdp.exe", "fdp.exe"),
            ("a\0b.pdf", "ab.pdf"),
            ("  ", "file"),
        ):
            with self.subTest(name=name):
                self.assertNotIn("\n", clean_name(name))
                self.assertEqual(clean_name(name).replace(" Set", "Set"), clean)
        self.assertEqual(clean_name("я" * 300 + ".pdf")[-4:], ".pdf")
        self.assertLessEqual(len(clean_name("я" * 300 + ".pdf")), 100)
