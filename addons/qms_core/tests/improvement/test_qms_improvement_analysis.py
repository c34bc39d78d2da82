import base64
import io
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from openpyxl import load_workbook

from odoo.exceptions import UserError

from ..common import QmsCase


class TestQmsImprovementAnalysis(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.process = cls._process()

    def _found(self, days_ago=1, closed_after=None, count=1, **vals):
        """Nonconformities found some days ago; closed after some days, as their stages would have left them."""
        values = {
            "name": "It went wrong",
            "company_id": self.company.id,
            "department_id": self.unit.id,
            "date_found": self.today - timedelta(days=days_ago),
            **vals,
        }
        records = self.env["qms.nonconformity"].with_user(self.users["coordinator"]).create([values] * count)
        if closed_after is not None:
            closed = self.today - timedelta(days=days_ago - closed_after)
            records._transition({"state": "closed", "date_closed": closed})
        return records

    def _get(self, user=None, **chosen):
        return self.env["qms.improvement.analysis"].with_user(user or self.users["coordinator"]).get_analysis(chosen)

    def _figure(self, data, name):
        return next(figure for figure in data["figures"] if figure["name"] == name)

    def _count(self, data, domain):
        return self.env["qms.nonconformity"].search_count(data["domain"] + domain)

    def test_every_figure_opens_what_it_counts(self):
        self._found(count=3)
        self._found(40, closed_after=5, count=2)
        self._found(60, date_deadline=self.today - timedelta(days=2))
        self._found()._transition({"state": "rejected"})
        data = self._get()
        for name, value in (("found", 6), ("open", 4), ("closed", 2), ("late", 1)):
            figure = self._figure(data, name)
            self.assertEqual((figure["value"], self._count(data, figure["domain"])), (value, value), name)

    def test_pareto_ranks_and_leaves_the_unknown_aside(self):
        self._found(count=6, kind="service")
        self._found(count=3, kind="complaint")
        self._found(kind="document")
        bars = self._get(cause="kind")["pareto"]["bars"]
        self.assertEqual([bar["count"] for bar in bars], [6, 3, 1])
        self.assertEqual([bar["cumulative"] for bar in bars], [60, 90, 100])
        self.assertEqual([bar["vital"] for bar in bars], [True, True, False])
        data = self._get(cause="cause_class")
        self.assertEqual((data["pareto"]["bars"], data["pareto"]["missing"]), ([], 10))
        self.assertEqual(self._count(data, data["pareto"]["missing_domain"]), 10)

    def test_pareto_puts_rare_causes_together(self):
        for number in range(15):
            self._found(count=2 if number else 5, process_id=self._process(f"P-{number}x").id)
        data = self._get(cause="process_id")
        bars = data["pareto"]["bars"]
        self.assertEqual((len(bars), bars[0]["count"], bars[-1]["cumulative"]), (12, 5, 100))
        self.assertEqual(sum(bar["count"] for bar in bars), 33)
        self.assertEqual(self._count(data, bars[-1]["domain"]), bars[-1]["count"])

    def test_trend_counts_whole_months(self):
        month = self.today.replace(day=1)
        for back, count in ((1, 4), (2, 2), (3, 3)):
            first = month - relativedelta(months=back)
            self._found((self.today - first).days, count=count)
        self._found(0)
        data = self._get(date_from=str(month - relativedelta(months=3)))
        points = data["trend"]["points"]
        self.assertEqual([point["value"] for point in points], [3, 2, 4])
        self.assertEqual([point["range"] for point in points], [None, 1, 2])
        self.assertEqual([self._count(data, point["domain"]) for point in points], [3, 2, 4])
        self.assertAlmostEqual(data["trend"]["limits"]["upper"], 3 + 3 * 1.5 / 1.128, 2)

    def test_trend_by_week_begins_on_mondays(self):
        self._found(10)
        data = self._get(term="week", date_from=str(self.today - timedelta(days=45)))
        firsts = [date.fromisoformat(point["domain"][1][2]) for point in data["trend"]["points"]]
        self.assertEqual({first.weekday() for first in firsts}, {0})
        self.assertEqual(sum(point["value"] for point in data["trend"]["points"]), 1)

    def test_trend_of_too_short_a_period_says_so(self):
        self._found()
        trend = self._get(date_from=str(self.today - timedelta(days=3)))["trend"]
        self.assertEqual((trend["points"], trend["limits"]), ([], None))
        self.assertIn("longer period", trend["hint"])

    def test_time_to_close_counts_the_open_ones(self):
        self._found(100, closed_after=5, count=2)
        self._found(100, closed_after=20)
        self._found(100, count=3)
        durations = self._get()["durations"]
        self.assertEqual([row["count"] for row in durations["classes"]], [2, 0, 1, 0, 0, 0])
        self.assertEqual((durations["closed_median"], durations["median"]), (5, 20))
        self.assertIsNone(durations["ninety"])
        self.assertEqual(durations["curve"][-1]["share"], 50)

    def test_classes_and_curve_open_what_they_count(self):
        for after in (0, 7, 8, 14, 90, 91):
            self._found(200, closed_after=after)
        self._found(200)
        data = self._get()
        for row in data["durations"]["classes"]:
            self.assertEqual(self._count(data, row["domain"]), row["count"], row["label"])
        self.assertEqual([self._count(data, step["domain"]) for step in data["durations"]["curve"]], [6, 5, 4, 3, 2, 1])

    def test_day_found_after_the_closing_makes_no_negative_duration(self):
        record = self._found(10, closed_after=-3)
        self.assertEqual(record.days_to_close, 0)
        self.assertEqual(self._get()["durations"]["classes"][0]["count"], 1)

    def test_filters(self):
        other = self.env["hr.department"].create({"name": "Other", "company_id": self.company.id})
        self._found(process_id=self.process.id, kind="service")
        self._found(department_id=other.id, severity="major")
        self._found(500)
        for chosen, count in (
            ({}, 2),
            ({"unit": other.id}, 1),
            ({"process": self.process.id}, 1),
            ({"kind": "service"}, 1),
            ({"severity": "critical"}, 0),
            ({"date_from": str(self.today - timedelta(days=600))}, 3),
        ):
            self.assertEqual(self._figure(self._get(**chosen), "found")["value"], count, chosen)

    def test_bad_input(self):
        for chosen in (
            {"date_from": str(self.today), "date_to": str(self.today - timedelta(days=1))},
            {"cause": "company_id"},
            {"cause": "create_uid"},
        ):
            with self.assertRaises(UserError):
                self._get(**chosen)

    def test_everybody_analyses_what_he_may_read(self):
        self._found(count=2)
        self._nonconformity()
        for user, count in ((self.clerk_user, 1), (self.stranger, 0), (self.head_user, 3), (self.users["auditor"], 3)):
            self.assertEqual(self._figure(self._get(user), "found")["value"], count)
        abroad = self._abroad("qms.improvement.analysis").get_analysis({})
        self.assertEqual(self._figure(abroad, "found")["value"], 0)

    def test_queries_do_not_grow_with_the_nonconformities(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get(cause="process_id")
            return self.cr.sql_log_count - before

        self._found(30, closed_after=3, process_id=self.process.id)
        few = queries()
        for days in range(1, 60):
            self._found(days, closed_after=1 if days % 2 else None, process_id=self.process.id)
        self.assertLessEqual(queries(), few)
        self.assertLessEqual(few, 30)

    def test_workbook_holds_the_tables(self):
        self._found(60, closed_after=5, kind="service", name="=1+1")
        file = (
            self.env["qms.improvement.analysis"].with_user(self.users["coordinator"]).export_analysis({"cause": "kind"})
        )
        book = load_workbook(io.BytesIO(base64.b64decode(file["content"])))
        self.assertEqual(len(book.worksheets), 4)
        self.assertEqual(
            [cell.value for cell in book.worksheets[1][2]], ["Service delivered to a citizen", 1, 100, 100]
        )
        self.assertEqual(sum(row[1].value for row in book.worksheets[3].iter_rows(min_row=2, max_row=7)), 1)
        self.assertTrue(file["name"].endswith(".xlsx"))

    def test_analysis_leads_to_an_improvement_that_names_the_few_causes(self):
        self._found(count=6, kind="service", process_id=self.process.id)
        self._found(kind="document", process_id=self.process.id)
        analysis = self.env["qms.improvement.analysis"].with_user(self.users["coordinator"])
        opened = analysis.plan_improvement({"cause": "kind", "process": self.process.id})
        action = self.env["qms.action"].with_context(**opened["context"]).create({"company_id": self.company.id})
        self.assertEqual((action.kind, action.process_id), ("improvement", self.process))
        self.assertEqual(action.name, "Remove the cause: Service delivered to a citizen")
        self.assertIn("Service delivered to a citizen: 6 (85.7 %)", action.description)
        self.assertNotIn("Document", action.description)
