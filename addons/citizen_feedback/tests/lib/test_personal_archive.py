import io
import json
import zipfile

from odoo.tests import BaseCase

from ...lib.contact import contact_pattern, same_contact
from ...lib.personal_archive import build_archive


class TestPersonalArchive(BaseCase):
    def test_contents(self):
        sections = {"Звернення": [{"Номер": "AP-1", "Текст": "Немає світла"}]}
        files = [
            ("AP-1", "photo.png", b"1"),
            ("AP-1", "photo.png", b"2"),
            ("AP-1", "note", b"3"),
            ("AP-1", "note", b"4"),
        ]
        content = build_archive(sections, files)
        self.assertEqual(content, build_archive(sections, files), "The same contents make the same file.")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertEqual(json.loads(archive.read("data.json")), sections)
            self.assertIn("Текст: Немає світла", archive.read("data.txt").decode())
            names = [name for name in archive.namelist() if name.startswith("files/")]
            self.assertEqual([archive.read(name) for name in names], [b"1", b"2", b"3", b"4"])
            self.assertEqual(len(set(names)), 4)


class TestContact(BaseCase):
    def test_same(self):
        for one, other in (
            ("a@b.org", " A@B.ORG "),
            ("+380671234567", "067-123-45-67"),
            ("8 (912) 345-67-89", "+7 912 345 67 89"),
            ("Olha, 067 123-45-67, olha@b.org.", "olha@b.org"),
            ("Olha, 067 123-45-67, olha@b.org.", "+380671234567"),
        ):
            self.assertTrue(same_contact(one, other), (one, other))
        for one, other in (
            ("a@b.org or 067 1234567", "aa@b.org"),
            ("a@b.org or 067 1234567", "067 123456"),
            ("a@b.org", "aa@b.org"),
            ("067 1234567", "067 1234568"),
            ("", ""),
            (None, None),
            ("1", "1"),
        ):
            self.assertFalse(same_contact(one, other), (one, other))

    def test_pattern_takes_nothing_literally_that_means_more(self):
        self.assertEqual(contact_pattern("a_b@c.org"), "%a\\_b@c.org%")
        self.assertEqual(contact_pattern("%%%"), "")
        self.assertEqual(contact_pattern(""), "")
