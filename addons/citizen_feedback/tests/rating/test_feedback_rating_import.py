import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...lib.rating_import import SHEET, template
from ..common import FeedbackCase

HEADER = "service;date;score;waiting;comment;channel\n"


@tagged("post_install", "-at_install")
class TestFeedbackRatingImport(FeedbackCase):
    def _wizard(self, content, filename="ratings.csv", user=None):
        content = content.encode() if isinstance(content, str) else content
        return (
            self.env["feedback.rating.import"]
            .with_user(user or self.operator)
            .create({"file": base64.b64encode(content), "filename": filename})
        )

    def _ratings(self):
        return self.env["feedback.rating"].search([("company_id", "=", self.company.id)])

    def _workbook(self, *rows, headers=None):
        book = openpyxl.Workbook()
        book.active.title = "ratings"
        book.active.append(headers or [column.name for column in SHEET.columns])
        for row in rows:
            book.active.append([row.get(column.name) for column in SHEET.columns])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def test_a_thousand_ratings(self):
        rows = "".join(f"T-01;2026-01-{1 + n % 28:02};{1 + n % 5};{n % 6};Text {n};paper\n" for n in range(1000))
        wizard = self._wizard(HEADER + rows)
        wizard.action_check()
        self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))
        self.assertFalse(self._ratings())
        wizard.action_import()
        self.assertEqual((wizard.state, len(self._ratings())), ("done", 1000))
        self.assertEqual(sum(self._ratings().mapped("score")), 3000)
        self.assertEqual(self._ratings()[-1].create_uid, self.operator)
        # A zero says that it does not apply.
        self.assertEqual(len(self._ratings().filtered(lambda rating: not rating.waiting)), 167)
        self.assertTrue(self._ratings().filtered("awaits_signal"))

    def test_one_press_too_many_stores_nothing_twice(self):
        wizard = self._wizard(HEADER + "T-01;2026-01-05;5;;;paper\n")
        wizard.action_import()
        with self.assertRaisesRegex(UserError, "Choose a file"):
            wizard.action_import()
        self.assertEqual(len(self._ratings()), 1)

    def test_a_file_that_was_loaded_before_is_noticed(self):
        content = HEADER + "T-01;2026-01-05;5;0;Quick;paper\nT-01;2026-01-05;5;0;Quick;paper\nT-01;2026-01-06;2;;;\n"
        self._wizard(content).action_import()
        wizard = self._wizard(content)
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.is_stored), ("checked", True))
        wizard.action_import()
        self.assertEqual(len(self._ratings()), 3)
        self.assertIn("stored already", wizard.summary)
        # Two citizens may have said the same.
        wizard.again = True
        wizard.action_import()
        self.assertEqual((wizard.state, wizard.is_stored, len(self._ratings())), ("done", False, 6))

    def test_a_file_with_new_rows_is_none_that_was_loaded_before(self):
        row = "T-01;2026-01-05;5;;;paper\n"
        for content, count in ((HEADER + row, 1), (HEADER + row * 2, 3), (HEADER + row.replace("5;;", "4;;"), 4)):
            self._wizard(content).action_import()
            self.assertEqual(len(self._ratings()), count)

    def test_a_workbook(self):
        point = self.env["qms.service.point"].create({"name": "Centre", "code": "C-1", "company_id": self.company.id})
        wizard = self._wizard(
            self._workbook(
                {"service": "T-01", "score": 4, "courtesy": 5, "point": "C-1", "channel": "phone"},
                {"service": "T-01", "score": "2", "date": "2026-02-03", "comment": "Довго"},
            ),
            "ratings.xlsx",
        )
        wizard.action_import()
        self.assertEqual(wizard.state, "done", wizard.problem_ids.mapped("message"))
        by_score = {rating.score: rating for rating in self._ratings()}
        self.assertEqual((by_score[4].courtesy, by_score[4].point_id, by_score[4].channel), (5, point, "phone"))
        self.assertEqual((by_score[2].comment, by_score[2].channel), ("Довго", "paper"))
        self.assertEqual(str(self.company._qms_day_of(by_score[2].date)), "2026-02-03")

    def test_files_as_spreadsheets_of_our_countries_save_them(self):
        text = HEADER + "T-01;05.01.2026;5;;Довга черга;\nT-01;05.01.2026 09:30;4;;Ввічливо;\n"
        for encoding in ("cp1251", "utf-8-sig"):
            wizard = self._wizard(text.encode(encoding))
            wizard.action_check()
            self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))
        wizard.action_import()
        self.assertEqual(set(self._ratings().mapped("comment")), {"Довга черга", "Ввічливо"})
        days = {str(self.company._qms_day_of(rating.date)) for rating in self._ratings()}
        self.assertEqual(days, {"2026-01-05"})

    def test_the_table_to_fill_in_is_understood(self):
        self._service("S-01", self.unit)
        wizard = self._wizard(template(), "ratings.xlsx")
        wizard.action_check()
        self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))

    def test_every_problem_has_its_row_and_column_and_nothing_is_stored(self):
        self._service("T-05", self.unit, active=False)
        wizard = self._wizard(
            HEADER
            + "T-01;2026-01-01;5;;;paper\n"
            + "T-01;2026-01-01;0;;;paper\n"
            + "T-01;2026-01-01;6;;;paper\n"
            + "T-01;2026-01-01;abc;;;paper\n"
            + "T-01;2026-01-01;;;;paper\n"
            + "T-99;2026-01-01;5;;;paper\n"
            + "T-05;2026-01-01;5;;;paper\n"
            + "T-01;2026-13-01;5;;;paper\n"
            + "T-01;2999-01-01;5;;;paper\n"
            + "T-01;2026-01-01;5;9;;paper\n"
            + f"T-01;2026-01-01;5;;{'x' * 10_000};paper\n"
            + "T-01;2026-01-01;5;;;pigeon\n"
        )
        wizard.action_import()
        self.assertEqual(
            [(problem.row, problem.column) for problem in wizard.problem_ids],
            [
                (3, "score"),
                (4, "score"),
                (5, "score"),
                (6, "score"),
                (7, "service"),
                (8, "service"),
                (9, "date"),
                (10, "date"),
                (11, "waiting"),
                (12, "comment"),
                (13, "channel"),
            ],
        )
        self.assertTrue(all(wizard.problem_ids.mapped("message")))
        self.assertEqual(wizard.state, "draft")
        self.assertFalse(self._ratings())

    def test_files_that_are_no_table_get_one_message(self):
        for content, filename in (
            (HEADER + "T-01;;5;;;\n" * 200_000, "ratings.csv"),
            (b"\xff\xfe\x00", "ratings.csv"),
            ("service;score\0\n", "ratings.csv"),
            (b"MZ program", "ratings.xlsx"),
            (b"<html></html>", "ratings.xlsx"),
            (b"PK\x03\x04", "ratings.xlsx"),
            ("service;mark\nT-01;5\n", "ratings.csv"),
            (HEADER, "ratings.csv"),
        ):
            wizard = self._wizard(content, filename)
            with self.subTest(content=content[:20]):
                wizard.action_check()
                self.assertEqual(wizard.state, "draft")
                self.assertLessEqual(len(wizard.problem_ids), 2)
                self.assertTrue(wizard.problem_ids)
        self.assertFalse(self._ratings())

    def test_a_workbook_of_two_hundred_thousand_rows_is_one_message(self):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("ratings")
        sheet.append([column.name for column in SHEET.columns])
        for _row in range(20_002):
            sheet.append(["T-99"])
        stream = io.BytesIO()
        book.save(stream)
        wizard = self._wizard(stream.getvalue(), "ratings.xlsx")
        wizard.action_check()
        self.assertEqual(len(wizard.problem_ids), 1)
        self.assertIn("20000", wizard.problem_ids.message)

    def test_access(self):
        with self.assertRaises(AccessError):
            self._wizard(HEADER, user=self.head_user)
        with self.assertRaises(UserError):
            self.env["feedback.rating.import"].with_user(self.operator).create({}).action_check()
