import base64
import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError

from .control_common import ControlCase


class TestQmsDisciplineReport(ControlCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["hr.department"].create({"name": "Roads", "company_id": cls.company.id})
        cls.digger_user = cls._user("digger")
        cls.digger = cls._employee(cls.digger_user, department_id=cls.second.id)

    def _make(self, user=None, **vals):
        period = {"date_from": self.today - timedelta(days=100), "date_to": self.today + timedelta(days=100)}
        report = self.env["qms.discipline.report"].with_user(user or self.control).create({**period, **vals})
        report.action_make()
        return report

    def _mixture(self):
        """Three of the service centre: on time, late, overdue after being returned; two of the roads."""
        on_time = self._assignment(days=5)
        on_time.with_user(self.mayor_user)._postpone(self.today + timedelta(days=9), "Snow")
        with self._on(8):
            on_time.with_user(self.clerk_user)._report("final", "Done", "List")
        late = self._assignment(days=1)
        with self._on(4):
            late.with_user(self.clerk_user)._report("final", "Done", "List")
        overdue = self._assignment(days=-1)
        overdue.with_user(self.clerk_user)._report("final", "Done", "List")
        overdue.with_user(self.control).action_return("More")
        waiting = self._assignment(days=20, responsible_id=self.digger.id)
        roads = self._assignment(days=3, responsible_id=self.digger.id)
        roads.with_user(self.digger_user)._report("final", "Done", "List")
        self._assignment(days=3).with_user(self.control).action_cancel("Repealed")
        self._draft_assignment(days=3)
        self._assignment(days=200)
        return on_time, late, overdue, waiting, roads

    def test_figures_by_unit(self):
        self._mixture()
        report = self._make()
        centre, roads = sorted(report.line_ids, key=lambda line: line.unit_name != self.unit.name)
        figures = [centre[name] for name in centre._figure_names()]
        # given counts the one due after the period as well; cancelled ones and drafts count nowhere
        self.assertEqual(figures, [4, 3, 1, 1, 1, 0, 1, 1])
        self.assertAlmostEqual(centre.discipline, 100 / 3, places=1)
        self.assertAlmostEqual(centre.average_days, 6)
        self.assertEqual([roads[name] for name in roads._figure_names()], [2, 2, 1, 0, 0, 1, 0, 0])
        self.assertEqual(roads.discipline, 100)
        self.assertEqual((report.due, report.discipline), (5, 50))

    def test_figures_open_exactly_their_records(self):
        self._mixture()
        report = self._make()
        for line in report.line_ids:
            for figure in line._figure_names():
                action = line.with_context(figure=figure).action_open_figure()
                found = self.env["qms.assignment"].with_user(self.control).with_context(**action["context"])
                self.assertEqual(len(found.search(action["domain"])), line[figure], (line.unit_name, figure))
            self.assertEqual(line.due, line.on_time + line.late + line.overdue + line.waiting)
        with self.assertRaises(UserError):
            report.line_ids[0].with_context(figure="state").action_open_figure()

    def test_overdue_becomes_late_and_the_period_counts(self):
        record = self._assignment(days=2)
        with self._on(5):
            self.assertEqual(self._make().line_ids.overdue, 1)
            record.with_user(self.clerk_user)._report("final", "Done", "List")
            self.assertEqual((self._make().line_ids.overdue, self._make().line_ids.late), (0, 1))
        self.assertFalse(self._make(date_from=self.today + timedelta(days=3)).line_ids.filtered("due"))

    def test_one_unit(self):
        self._mixture()
        self.assertEqual(self._make(department_id=self.second.id).line_ids.department_id, self.second)

    def test_period_in_its_order(self):
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self._make(date_from=self.today, date_to=self.today - timedelta(days=1))

    def test_nothing_due(self):
        report = self._make()
        self.assertFalse(report.line_ids)
        self.assertEqual(report._sheet()["rows"], [])

    def test_counted_twice_is_counted_once(self):
        self._mixture()
        report = self._make()
        before = len(report.line_ids)
        report.action_make()
        self.assertEqual(len(report.line_ids), before)

    def test_workbook_and_print(self):
        self._mixture()
        self.second.name = '=HYPERLINK("x")'
        report = self._make()
        report.action_xlsx()
        sheet = load_workbook(io.BytesIO(base64.b64decode(report.file))).active
        rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=5, max_row=7)}
        self.assertEqual(rows[self.unit.name][:8], [4, 3, 1, 1, 1, 0, 1, 1])
        self.assertEqual(rows['=HYPERLINK("x")'][:2], [2, 2])
        self.assertEqual(sheet.cell(row=7, column=3).value, 5)
        self.assertEqual([cell.data_type for cell in sheet["A"][4:6]], ["s", "s"], "No name becomes a formula.")
        html, _type = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_discipline", report.ids)
        self.assertIn(self.unit.name, html.decode())
        self.assertRegex(html.decode(), r"33[.,]3")

    def test_only_control_and_top_management(self):
        for user in (self.clerk_user, self.head_user):
            with self.assertRaises(AccessError):
                self._make(user)
        self._mixture()
        self.assertEqual(self._make(self.users["top_management"]).due, 5)

    def test_other_authority_counts_its_own(self):
        self._mixture()
        abroad = self._user("abroad", "qms_core.group_execution_control", company=self.other_company)
        reports = self.env["qms.discipline.report"].with_context(allowed_company_ids=self.other_company.ids)
        reports = reports.with_user(abroad)
        report = reports.create({"company_id": self.company.id})
        report.action_make()
        self.assertFalse(report.line_ids)

    def test_costs_the_same_for_many(self):
        self._mixture()
        report = self._make()
        before = self.env.cr.sql_log_count
        report.action_make()
        few = self.env.cr.sql_log_count - before
        vals = {"text": "x", "set_by_id": self.mayor.id, "responsible_id": self.clerk.id, "date_deadline": self.today}
        records = self.env["qms.assignment"].with_user(self.control).create([vals] * 50)
        records.action_put_on_control()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        report.action_make()
        self.assertLessEqual(self.env.cr.sql_log_count - before, few)
