import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.citizen_feedback.lib.appeal_table import APPEALS

from .common import AppealCase

NAMES = [column.name for column in APPEALS.columns]


@tagged("post_install", "-at_install")
class TestFeedbackAppealImport(AppealCase):
    def _wizard(self, rows, user=None):
        book = openpyxl.Workbook()
        book.active.title = APPEALS.name
        book.active.append(NAMES)
        for row in rows:
            book.active.append([row.get(name) for name in NAMES])
        stream = io.BytesIO()
        book.save(stream)
        return self._of(stream.getvalue(), user)

    def _of(self, content, user=None):
        wizards = self.env["feedback.appeal.import"].with_user(user or self.operator)
        return wizards.create({"file": base64.b64encode(content), "filename": "appeals"})

    def _row(self, **values):
        return {"received": "2026-03-02", "kind": "application", "text": "Полагодьте ліхтар", **values}

    def _count(self):
        return self.env["feedback.appeal"].sudo().search_count([])

    def test_three_hundred_appeals_after_a_dry_run(self):
        self.env["feedback.topic"].create({"name": "Lamps", "code": "LAMP", "company_id": self.company.id})
        rows = [
            self._row(
                text=f"Полагодьте ліхтар номер {number}",
                author=f"Автор {number}",
                contact=f"author{number}@example.org",
                document_number=f"К-{number}",
                topic="LAMP" if number % 2 else None,
                registered="2026-03-03" if number % 3 else None,
            )
            for number in range(300)
        ]
        wizard, before = self._wizard(rows), self._count()
        wizard.action_check()
        self.assertFalse(wizard.problem_ids.mapped("message"))
        self.assertEqual((wizard.state, self._count()), ("checked", before))
        wizard.action_import()
        self.assertEqual((wizard.state, self._count()), ("done", before + 300))
        appeals = self.env["feedback.appeal"].with_user(self.manager).search([("document_number", "=like", "К-%")])
        self.assertEqual(len(appeals), 300)
        self.assertEqual(len(appeals.filtered(lambda appeal: appeal.state == "registered")), 200)
        self.assertEqual(len(appeals.filtered("topic_id")), 150)
        one = appeals.filtered(lambda appeal: appeal.document_number == "К-1")
        self.assertEqual((one.author_name, str(one.date_registered)), ("Автор 1", "2026-03-03"))
        self.assertEqual(str(one.date_deadline), "2026-04-02")
        again = self._wizard([*rows, self._row(text="One more")])
        again.action_import()
        self.assertFalse(again.problem_ids)
        self.assertEqual(self._count(), before + 301, "what is known is left out")
        self.assertIn("left out: 300", again.summary)

    def test_the_same_rows_without_numbers_are_known_too(self):
        rows = [self._row(author="Olena"), self._row(author="Borys"), self._row(received="2026-03-03")]
        self._wizard(rows).action_import()
        again, before = self._wizard(rows), self._count()
        again.action_import()
        self.assertEqual(self._count(), before)
        self.assertIn("left out: 3", again.summary)

    def test_registers_begin_anew_each_year(self):
        self._wizard([self._row(document_number="17", received="2025-03-02")]).action_import()
        before = self._count()
        self._wizard([self._row(document_number="17")]).action_import()
        self.assertEqual(self._count(), before + 1)
        other = self._wizard([self._row(document_number="17", received="2026-03-05")])
        other.action_import()
        self.assertEqual(other.problem_ids.column, "document_number", "another appeal with a number that is taken")

    def test_each_wrong_cell_is_named_and_nothing_stored(self):
        tomorrow = str(self.company._qms_today().replace(year=self.company._qms_today().year + 1))
        wizard, before = (
            self._wizard(
                [
                    self._row(),
                    self._row(received="2026-02-30"),
                    self._row(received=tomorrow),
                    self._row(kind="petition"),
                    self._row(text=None),
                    self._row(topic="NONE"),
                    self._row(service="T-99"),
                    self._row(registered="2026-03-01"),
                    self._row(text="a" * 10_001),
                    self._row(document_number="1"),
                    self._row(document_number="1"),
                    self._row(channel="pigeon"),
                ]
            ),
            self._count(),
        )
        wizard.action_import()
        self.assertEqual(
            [(problem.row, problem.column) for problem in wizard.problem_ids],
            [
                (3, "received"),
                (4, "received"),
                (5, "kind"),
                (6, "text"),
                (7, "topic"),
                (8, "service"),
                (9, "registered"),
                (10, "text"),
                (12, "document_number"),
                (13, "channel"),
            ],
        )
        self.assertEqual((wizard.state, self._count()), ("draft", before))
        self.assertIn("Nothing was stored", wizard.summary)

    def test_files_that_are_none(self):
        for content in (b"MZ\x00", b"<html></html>", b"PK\x03\x04 damaged", b"received;kind;text\n"):
            with self.subTest(content=content):
                wizard = self._of(content)
                wizard.action_check()
                self.assertEqual(len(wizard.problem_ids), 1)
        with self.assertRaises(UserError):
            self.env["feedback.appeal.import"].with_user(self.operator).create({}).action_check()

    def test_too_many_rows_are_one_message(self):
        wizard = self._of(b"received;kind;text\n" + b"2026-13-45;x;\n" * 200_000)
        wizard.action_check()
        self.assertIn("more than 1000 rows", wizard.problem_ids.message)

    def test_only_the_office_imports(self):
        for user in (self.head_user, self.users["coordinator"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard([self._row()], user)
