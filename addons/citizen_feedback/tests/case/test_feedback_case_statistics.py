from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from odoo.tests import Form, tagged

from odoo.addons.qms_core.lib.periods import period_of

from ..case_common import CaseCase

START = date(2025, 1, 1)


@tagged("post_install", "-at_install")
class TestFeedbackCaseStatistics(CaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["qms.service.norm"].create(
            {"service_id": cls.service.id, "deadline_days": 10, "valid_from": date(2024, 1, 1)}
        )
        # Month by month one case more and a day longer; in December one is refused.
        vals = [
            {
                "service_id": cls.service.id,
                "number": f"{month}-{index}",
                "date_asked": START + relativedelta(months=month),
                "date_done": START + relativedelta(months=month, days=month + 3),
                "result": "refused" if month == 11 and not index else "granted",
                "visits": 1,
            }
            for month in range(12)
            for index in range(month + 1)
        ]
        cls.env["feedback.case"].create(vals)

    def _page(self, user=None, **vals):
        pages = self.env["feedback.case.statistics"].with_user(user or self.manager)
        return pages.create({"date_from": START, "date_to": date(2025, 12, 31), **vals})

    def test_figures_of_a_service(self):
        page = self._page(service_id=self.service.id)
        self.assertEqual((page.count, page.done_count, page.refused_count), (78, 78, 1))
        self.assertEqual((page.median_days, page.p90_days), (11, 14))
        # Up to ten days in time, a weekend at the end of the term not counted.
        late = self.env["feedback.case"].search_count([("punctuality", "=", "late")])
        self.assertAlmostEqual(page.in_time_share, 100 * (78 - late) / 78, places=1)
        self.assertTrue(0 < late < 78)

    def test_months_and_season(self):
        page = self._page(service_id=self.service.id)
        self.assertEqual(page.month_ids.mapped("count"), list(range(1, 13)))
        self.assertAlmostEqual(page.month_ids[-1].season, 12 / 6.5, places=1)
        self.assertAlmostEqual(page.month_ids[-1].mean_days, 14)
        short = self._page(service_id=self.service.id, date_to=date(2025, 6, 15))
        self.assertEqual((len(short.month_ids), short.month_ids[0].season), (5, 0))

    def test_months_of_which_nothing_is_known(self):
        page = self._page(date_from=date(2023, 1, 1), date_to=date(2030, 12, 31))
        # Nothing was entered before January and after December: that says nothing about requests.
        self.assertEqual(page.month_ids.mapped("count"), list(range(1, 13)))
        today = self.company._qms_today()
        self._case("now", asked=today)
        page = self._page(date_from=START, date_to=date(2030, 12, 31))
        tomorrow = today + relativedelta(days=1)
        whole = (tomorrow.year - 2025) * 12 + tomorrow.month - 1
        self.assertEqual(len(page.month_ids), whole, "the month under way is not over")
        self.assertEqual(page.month_ids[12:].mapped("count"), [0] * (whole - 12), "here nobody asked")

    def test_what_is_open_after_its_last_day_is_not_in_time(self):
        service = self._service("T-02", self.unit)
        self.env["qms.service.norm"].create(
            {"service_id": service.id, "deadline_days": 10, "valid_from": date(2024, 1, 1)}
        )
        asked = date(2025, 3, 3)
        for number in range(4):
            done = asked + relativedelta(days=2) if number else None
            self._case(str(number), asked=asked, done=done, service_id=service.id)
        page = self._page(service_id=service.id)
        self.assertEqual((page.done_count, page.judged_count, page.in_time_share), (3, 4, 75))
        self.assertEqual((page.overdue_count, page.median_days, page.has_p90), (1, 2, False))
        self.assertEqual(page.month_ids.filtered("count").in_time_share, 75)

    def test_services_with_two_months_each_prove_nothing(self):
        """Of two months one always has more cases: with its own average taken out, all such services look alike."""
        cases = []
        for index in range(6):
            service = self._service(f"X-{index}", self.other_unit)
            for month, number in ((3, 1), (4, 1), (4, 2)):
                asked = date(2025, month, 3)
                cases.append(
                    {
                        "service_id": service.id,
                        "number": f"{month}-{number}",
                        "date_asked": asked,
                        "date_done": asked + relativedelta(days=month),
                        "result": "granted",
                    }
                )
        self.env["feedback.case"].create(cases)
        page = self._page(department_id=self.other_unit.id)
        self.assertEqual(page.count, 18)
        self.assertFalse(page.correlation_ids)

    def test_what_goes_with_what(self):
        page = self._page()
        load = page.correlation_ids.filtered(lambda row: row.pairs == 12 and row.rho == 1)
        self.assertIn("together", load.verdict)

    def test_long_terms_go_with_low_marks(self):
        for month in range(12):
            self._rating(5 - month // 3, date=datetime(2025, 1, 10) + relativedelta(months=month))
        page = self._page(service_id=self.service.id)
        marks = page.correlation_ids.filtered(lambda row: row.rho < 0)
        self.assertTrue(any("mark" in row.name for row in marks))
        self.assertIn("other falls", marks[0].verdict)

    def test_everybody_counts_what_he_may_see(self):
        self.assertEqual(self._page(self.head_user).count, 78)
        self.assertEqual(self._page(self.clerk_user).count, 0)
        self.assertEqual(self._page(self.other_head_user).count, 0)
        self.assertFalse(self._page(self.other_head_user).month_ids.filtered("count"))

    def test_the_page_follows_what_is_asked(self):
        with Form(self.env["feedback.case.statistics"].with_user(self.manager)) as page:
            page.date_from, page.date_to = START, date(2025, 12, 31)
            self.assertEqual(page.count, 78)
            page.department_id = self.other_unit
            self.assertEqual(page.count, 0)

    def test_button_on_the_service(self):
        service = self.service.with_user(self.head_user)
        self.assertEqual(service.feedback_case_count, 78)
        action = service.action_view_case_figures()
        self.assertEqual(action["context"]["default_service_id"], self.service.id)

    def test_cases_behind_the_figures(self):
        page = self._page(service_id=self.service.id, date_to=date(2025, 2, 28))
        action = page.action_view_cases()
        self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), 3)

    def test_indicators_of_cases(self):
        process = self._process()
        indicator = self.env["qms.indicator"].create(
            {
                "name": "In time",
                "code": "I-C",
                "company_id": self.company.id,
                "process_id": process.id,
                "owner_role_id": process.owner_role_id.id,
                "service_id": self.service.id,
                "unit_of_measure": "%",
                "source": "provider",
                "provider": "feedback_case_in_time",
                "period": "month",
            }
        )
        periods = [period_of("month", START), period_of("month", date(2025, 11, 3))]
        values = indicator._read_source(periods)
        self.assertEqual(values[periods[0]], 100)
        indicator.provider = "feedback_case_refused"
        self.assertEqual(
            indicator._read_source([period_of("month", date(2025, 12, 3))]),
            {period_of("month", date(2025, 12, 3)): 100 / 12},
        )
        indicator.provider = "feedback_case_count"
        values = indicator._read_source(periods)
        self.assertEqual([values[period] for period in periods], [1, 11])
        indicator.provider = "feedback_case_days"
        self.assertEqual(indicator._read_source(periods)[periods[0]], 3)
