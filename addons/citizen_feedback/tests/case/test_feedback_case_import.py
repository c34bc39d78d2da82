import base64
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.citizen_feedback.lib.case_table import CASES
from odoo.addons.qms_core.lib.workbook import write

from ..case_common import CaseCase

HEADERS = [column.name for column in CASES.columns]


@tagged("post_install", "-at_install")
class TestFeedbackCaseImport(CaseCase):
    def _row(self, number="1", asked="2026-01-05", **more):
        values = {"service": "T-01", "number": number, "asked": asked, **more}
        return [values.get(header, "") for header in HEADERS]

    def _wizard(self, *rows, user=None, content=None):
        content = content or "\n".join(";".join(line) for line in (HEADERS, *rows)).encode()
        wizards = self.env["feedback.case.import"].with_user(user or self.operator)
        return wizards.create({"file": base64.b64encode(content), "filename": "cases.csv"})

    def _cases(self):
        return self.env["feedback.case"].search([("service_id", "=", self.service.id)], order="number")

    def _messages(self, wizard):
        return [(line.row, line.column, line.message) for line in wizard.problem_ids]

    def test_dry_run_then_import_then_nothing_new(self):
        rows = [
            self._row("1", done="2026-01-09", result="granted", visits="2"),
            self._row("2", done="2026-02-09", result="refused", refusal_ground="Incomplete"),
            self._row("3"),
        ]
        wizard = self._wizard(*rows)
        wizard.action_check()
        self.assertEqual(wizard.state, "checked")
        self.assertIn("New cases: 3", wizard.summary)
        self.assertFalse(self._cases())
        wizard.action_import()
        self.assertEqual(self._cases().mapped("number"), ["1", "2", "3"])
        self.assertEqual(self._cases()[1].refusal_ground, "Incomplete")
        again = self._wizard(*rows[:2], self._row("3", done="2026-01-20", result="withdrawn"))
        again.action_import()
        self.assertIn("New cases: 0, brought up to date: 1, unchanged: 2", again.summary)
        self.assertEqual(self._cases()[2].result, "withdrawn")

    def test_wrong_days_are_told_by_row_and_column_and_nothing_is_kept(self):
        tomorrow = (self.today + timedelta(days=1)).isoformat()
        wizard = self._wizard(
            self._row("1"),
            self._row("2", asked="2026-13-01"),
            self._row("3", asked=tomorrow),
            self._row("4", asked="1926-01-05"),
            self._row("5", done="2026-01-01", result="granted"),
            self._row("6", done="2026-01-09"),
            self._row("7", result="granted"),
            self._row("8", result="perhaps"),
        )
        wizard.action_import()
        self.assertEqual(wizard.state, "draft")
        self.assertFalse(self._cases())
        found = {(row, column) for row, column, _message in self._messages(wizard)}
        self.assertEqual(
            found,
            {(3, "asked"), (4, "asked"), (5, "asked"), (6, "done"), (7, "result"), (8, "done"), (9, "result")},
        )
        self.assertTrue(all(message for _row, _column, message in self._messages(wizard)))

    def test_two_hundred_thousand_rows_are_refused_by_one_message(self):
        content = "\n".join(";".join(line) for line in [HEADERS] + [self._row(str(n)) for n in range(200_000)])
        wizard = self._wizard(content=content.encode())
        wizard.action_import()
        [(_row, _column, message)] = self._messages(wizard)
        self.assertIn("more than 20000 rows", message)
        self.assertFalse(self._cases())

    def test_unknown_codes_and_a_service_of_another_authority(self):
        wizard = self._wizard(
            self._row("1", service="T-99"),
            self._row("2", point="SP-X"),
            self._row("3", channel="smoke", applicant="elf"),
        )
        wizard.action_check()
        self.assertEqual(
            [(row, column) for row, column, _message in self._messages(wizard)],
            [(2, "service"), (3, "point"), (4, "channel"), (4, "applicant")],
        )

    def test_the_same_number_twice(self):
        wizard = self._wizard(self._row("1"), self._row("1"))
        wizard.action_check()
        self.assertEqual([row for row, _column, _message in self._messages(wizard)], [3])

    def test_codes_of_all_authorities_and_days_of_spreadsheets(self):
        content = write([CASES], {"cases": [HEADERS, self._row("1", channel="portal", applicant="citizen")]})
        wizard = self._wizard(content=content)
        wizard.action_import()
        self.assertFalse(self._messages(wizard))
        self.assertTrue(self._cases().channel_id.remote)

    def test_operator_does_not_change_a_finished_case_by_a_file(self):
        self._wizard(self._row("1", done="2026-01-09", result="refused")).action_import()
        changed = self._row("1", done="2026-01-07", result="granted")
        wizard = self._wizard(changed)
        wizard.action_import()
        self.assertEqual(self._cases().date_done, date(2026, 1, 9))
        self.assertIn("finished already", self._messages(wizard)[0][2])
        self._wizard(changed, user=self.manager).action_import()
        self.assertEqual(self._cases().date_done, date(2026, 1, 7))

    def test_no_table_no_file_no_rows_no_right(self):
        wizard = self._wizard(content=b"<html>no table</html>")
        wizard.action_check()
        self.assertEqual(len(wizard.problem_ids), 1)
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self.env["feedback.case.import"].with_user(self.operator).create({}).action_check()
        with self.assertRaisesRegex(UserError, "no rows"):
            self._wizard().action_check()
        with self.assertRaises(AccessError):
            self._wizard(self._row(), user=self.head_user)

    def test_empty_table_can_be_filled_in(self):
        wizard = self.env["feedback.case.import"].with_user(self.operator).create({})
        wizard.action_download()
        filled = self._wizard(content=base64.b64decode(wizard.template_file))
        with self.assertRaisesRegex(UserError, "no rows"):
            filled.action_check()

    def test_another_program_loads_cases(self):
        cases = self.env["feedback.case"].with_user(self.operator)
        rows = [{"service": "T-01", "number": "A-1", "asked": "2026-01-05"}]
        self.assertEqual(cases.load_rows(rows), {"new": 1, "changed": 0, "same": 0, "problems": []})
        answer = cases.load_rows([{"service": "T-01", "number": "A-2", "asked": "soon"}, *rows])
        self.assertEqual((answer["new"], len(answer["problems"])), (0, 1))
        self.assertEqual(self._cases().mapped("number"), ["A-1"])
        with self.assertRaises(AccessError):
            cases.with_user(self.head_user).load_rows(rows)

    def test_another_program_leaves_out_what_it_does_not_know(self):
        cases = self.env["feedback.case"].with_user(self.operator)
        row = {"service": "T-01", "number": "A-1", "asked": "2026-01-05"}
        cases.load_rows([{**row, "channel": "portal", "visits": 2}])
        finished = {**row, "done": "2026-01-09", "result": "granted"}
        self.assertEqual(cases.load_rows([finished])["changed"], 1)
        case = self._cases()
        self.assertEqual((case.result, case.visits, case.channel_id.code), ("granted", 2, "portal"))
        self.assertEqual(cases.load_rows([finished])["same"], 1)
        self.assertTrue(cases.load_rows([{**row, "number": "A-2", "done": "2026-01-09"}])["problems"])

    def test_visits_that_nobody_counted_are_no_zero(self):
        self._wizard(self._row("1"), self._row("2", visits="3"), self._row("3", visits="0")).action_import()
        [(visits,)] = self.env["feedback.case.report"]._read_group(
            [("service_id", "=", self.service.id)], [], ["visits:avg"]
        )
        self.assertEqual(visits, 1.5)

    def test_many_cases_that_finish_alike(self):
        rows = [self._row(str(number)) for number in range(1, 5)]
        self._wizard(*rows).action_import()
        late = self._row("4", done="2026-01-12", result="refused")
        done = [self._row(str(number), done="2026-01-09", result="granted") for number in range(1, 4)]
        self._wizard(*done, late).action_import()
        self.assertEqual(self._cases().mapped("result"), ["granted"] * 3 + ["refused"])
        self.assertEqual(self._cases().mapped("days_taken"), [4, 4, 4, 7])
