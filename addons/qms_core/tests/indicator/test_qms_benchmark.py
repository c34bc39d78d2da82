import base64
import io
import json

from freezegun import freeze_time
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import GROUPS, QmsCase
from ..helper import load_models

PERIOD = "2026-09-01"
# Distinct figures, so that a value of others is found wherever it is told.
OTHERS = (91.37, 93.81, 97.02)


class BenchmarkCase(QmsCase):
    """City A compares the share of answers in term with three others, B, C and D; nobody but B has users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Figures and months are written as in English, whatever the database speaks.
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        clock = freeze_time("2026-10-15 10:00:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.other_company.name = "Secretown B"
        cls.others = cls.other_company | cls.env["res.company"].create(
            [{"name": "Secretown C"}, {"name": "Secretown D"}]
        )
        cls.own = cls._indicator(cls.company)
        cls._measure(cls.own, PERIOD, 92.5)
        cls.foreign = cls.env["qms.indicator"]
        for company, value in zip(cls.others, OTHERS, strict=True):
            indicator = cls._indicator(company)
            cls._measure(indicator, PERIOD, value)
            cls.foreign |= indicator

    @classmethod
    def _indicator(cls, company, **vals):
        # sudo: other authorities enter theirs in their own name.
        return (
            cls.env["qms.indicator"]
            .sudo()
            .create(
                {
                    "name": "Answered in term",
                    "code": "I-1",
                    "company_id": company.id,
                    "unit_of_measure": "%",
                    "period": "month",
                    "target": 95,
                    "benchmark": True,
                    **vals,
                }
            )
        )

    @classmethod
    def _measure(cls, indicator, date, value):
        return cls.env["qms.measurement"].sudo().create({"indicator_id": indicator.id, "date": date, "value": value})

    def _page(self, *args, user=None, **kwargs):
        return self.env["qms.benchmark"].with_user(user or self.clerk_user).get_page(*args, **kwargs)

    def _regional(self, companies=None):
        """Somebody who may choose these authorities (all four by default); only A is chosen now."""
        companies = companies or self.company | self.others
        user = self._user(f"region{len(companies)}", "qms_core.group_coordinator")
        user.company_ids = companies
        return user

    def _everybody(self):
        """A user of each role of City A, and of all roles at once."""
        groups = ",".join(f"qms_core.group_{group}" for group in GROUPS)
        return [*self.users.values(), self.clerk_user, self.head_user, self._user("everything", groups)]


class TestQmsBenchmark(BenchmarkCase):
    def test_one_city_reads_rough_quartiles_of_the_others(self):
        page = self._page()
        self.assertEqual((page["scope"], page["total"], page["chosen"]["period"]), ("others", 4, PERIOD))
        self.assertEqual([page["box"][name] for name in ("lower", "median", "upper")], ["92", "94", "96"])
        self.assertEqual(page["box"]["step"], 2)
        self.assertIn("rounded to 2", page["note"])
        [row] = page["rows"]
        self.assertEqual((row["name"], row["value"], row["place"]), ("City A", 92.5, False))
        self.assertEqual(row["quarter_text"], "In the worse half")
        self.assertEqual([figure["name"] for figure in page["figures"]], ["own", "quarter", "median", "total"])
        self.assertFalse(page["strip"]["ends"])
        self.assertEqual(len(page["strip"]["marks"]), 1)

    def test_who_may_choose_all_reads_table_places_and_exact_quartiles(self):
        page = self._page(user=self._regional())
        self.assertEqual(page["scope"], "all")
        self.assertEqual(
            [(row["place"], row["name"], row["value"], row["own"]) for row in page["rows"]],
            [
                (1, "Secretown D", 97.02, False),
                (2, "Secretown C", 93.81, False),
                (3, "City A", 92.5, True),
                (4, "Secretown B", 91.37, False),
            ],
        )
        # Type 7 of 91.37, 92.5, 93.81, 97.02
        self.assertEqual([page["box"][name] for name in ("lower", "median", "upper")], ["92.22", "93.16", "94.61"])
        self.assertIn("3 of 4", [figure["value"] for figure in page["figures"]])
        marks = page["strip"]["marks"]
        self.assertEqual([mark["name"] for mark in marks], ["Secretown D", "Secretown C", "Secretown B", "City A"])
        self.assertEqual(page["strip"]["ends"], [marks[2]["at"], marks[0]["at"]])

    def test_lower_is_better(self):
        (self.own | self.foreign).direction = "lower"
        page = self._page(user=self._regional())
        self.assertEqual([row["name"] for row in page["rows"]][:2], ["Secretown B", "City A"])
        self.assertEqual([row["place"] for row in page["rows"]], [1, 2, 3, 4])
        self.assertEqual(self._page()["rows"][0]["quarter_text"], "In the better half")

    def test_only_what_can_be_compared(self):
        minutes, higher, silent = self.foreign
        minutes.unit_of_measure = "min"
        higher.direction = "lower"
        silent.measurement_ids.unlink()
        page = self._page(user=self._regional())
        self.assertEqual((page["total"], page["box"]), (1, False))
        self.assertEqual(
            [(row["name"], row["reason"]) for row in page["left_out"]],
            [
                ("Secretown B", "another unit of measure"),
                ("Secretown C", "another direction"),
                ("Secretown D", "no value for this period"),
            ],
        )
        page = self._page()
        self.assertEqual({row["name"] for row in page["left_out"]}, {"Other authorities: 1"})
        self.assertEqual(len(page["left_out"]), 3)

    def test_spelling_of_the_unit_is_no_difference(self):
        self.own.unit_of_measure = "Бал  (1–5)"
        self.foreign.unit_of_measure = "бал (1–5) "
        self.assertEqual(self._page()["total"], 4)

    def test_other_periods_are_not_mixed(self):
        quarterly = self._indicator(self.env["res.company"].create({"name": "Secretown E"}), period="quarter")
        self._measure(quarterly, PERIOD, 12.34)
        page = self._page()
        self.assertEqual(page["total"], 4)
        self.assertEqual([row["reason"] for row in page["left_out"]], ["another period"])

    def test_any_day_of_a_period_is_that_period_and_the_one_under_way_does_not_count(self):
        self.own.measurement_ids.unlink()
        self._measure(self.own, "2026-09-30", 92.5)
        self._measure(self.own, "2026-10-31", 12)
        page = self._page()
        self.assertEqual((page["total"], page["choices"]["periods"]), (4, [[PERIOD, "September 2026"]]))

    def test_trend_of_the_own_place(self):
        for number, indicator in enumerate(self.own | self.foreign):
            self._measure(indicator, "2026-08-01", 80 + 5 * number)
        self._measure(self.own, "2026-07-01", 70)
        points = self._page(user=self._regional())["trend"]
        self.assertEqual([point["period"] for point in points], ["2026-07-01", "2026-08-01", PERIOD])
        self.assertEqual([point["place"] for point in points], [False, 4, 3])
        self.assertEqual([point["own"] for point in points], [70, 80, 92.5])
        self.assertFalse(points[0]["box"])
        points = self._page()["trend"]
        self.assertEqual([point["place"] for point in points], [False, False, False])
        self.assertEqual([bool(point["box"]) for point in points], [False, True, True])

    def test_another_period_or_indicator_is_chosen(self):
        self._measure(self.own, "2026-08-01", 80)
        other = self._indicator(self.company, code="I-2", name="Waiting")
        self.assertEqual(self._page("I-1", "2026-08-01")["rows"][0]["value"], 80)
        page = self._page("I-2")
        self.assertEqual((page["indicator"], page["box"]), (other.name, False))
        self.assertEqual(page["chosen"], {"code": "I-2", "period": ""})
        self.assertTrue(page["hidden"])

    def test_empty_page(self):
        self.own.benchmark = False
        page = self._page()
        self.assertEqual((page["chosen"], page["choices"]["indicators"]), (False, []))
        book = self.env["qms.benchmark"].with_user(self.clerk_user).export_page()
        self.assertTrue(book["name"].endswith(".xlsx"))
        self.assertTrue(self.env["qms.benchmark"].with_user(self.clerk_user).print_page()["content"])

    def test_what_is_not_there(self):
        wrong = [(code, None) for code in ("I-9", {"a": 1}, ["I-1"], True, "")]
        wrong += [("I-1", period) for period in ("2026-08-01", "x", [PERIOD])]
        for code, period in wrong:
            with self.assertRaises(UserError):
                self._page(code, period)

    def test_print_and_workbook_hold_what_the_screen_shows(self):
        model = self.env["qms.benchmark"].with_user(self._regional())
        pdf = PdfReader(io.BytesIO(base64.b64decode(model.print_page()["content"])))
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for part in ("Answered in term", "Secretown D", "97.02", "3 of 4", "September 2026", "93.16"):
            self.assertIn(part, text)
        file = model.export_page()
        self.assertEqual(file["name"], "qms-benchmark-I-1-2026-09-01.xlsx")
        book = load_workbook(io.BytesIO(base64.b64decode(file["content"])))
        cells = {cell.value for sheet in book for row in sheet.rows for cell in row}
        self.assertLessEqual({"Secretown D", 97.02, "City A", 92.5, "92.22"}, cells)

    def test_queries_do_not_grow_with_the_authorities(self):
        user = self._regional()

        def queries(who):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._page(user=who)
            return self.cr.sql_log_count - before

        self._page(user=user)
        self._page()
        few = queries(self.clerk_user), queries(user)
        more = self.env["res.company"].create([{"name": f"Secretown {number}"} for number in range(12)])
        for number, company in enumerate(more):
            self._measure(self._indicator(company), PERIOD, 80 + number)
        user.company_ids |= more
        # New companies empty all caches: fill those of both again.
        self.assertEqual(self._page(user=user)["total"], 16)
        self.assertEqual(self._page()["total"], 16)
        self.assertEqual((queries(self.clerk_user), queries(user)), few)
        self.assertLessEqual(max(few), 10)


@tagged("post_install", "-at_install")
class TestBenchmarkAddon(BenchmarkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from . import fake_benchmark  # noqa: PLC0415 no other test may see it

        load_models(cls, fake_benchmark.QmsBenchmark)
        cls.registry.clear_cache()

    def test_addon_adds_a_section(self):
        [section] = self._page()["sections"]
        self.assertEqual((section["title"], section["lines"]), ("Practices", ["In the worse half: Answered in term"]))


class TestBenchmarkAccess(BenchmarkCase):
    """Somebody of one city never gets another's value, name or place."""

    SECRETS = ("Secretown", *(str(value) for value in OTHERS))

    def _pages(self, user):
        """Return as one text what the page tells a user, whatever he sends along."""
        model, told = self.env["qms.benchmark"].with_user(user), []
        for context in ({}, {"active_test": False, "default_benchmark": True, "bin_size": True}):
            for arguments in ((), ("I-1", PERIOD)):
                told.append(json.dumps(model.with_context(**context).get_page(*arguments), ensure_ascii=False))
        return "\n".join(told)

    def _files(self, user):
        """Return as one text what print and workbook tell a user."""
        model = self.env["qms.benchmark"].with_user(user)
        book = load_workbook(io.BytesIO(base64.b64decode(model.export_page("I-1", PERIOD)["content"])))
        told = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
        pdf = PdfReader(io.BytesIO(base64.b64decode(model.print_page("I-1", PERIOD)["content"])))
        return "\n".join(told + [page.extract_text() for page in pdf.pages])

    def _assert_silent(self, text, secrets=SECRETS):
        self.assertIn("City A", text)
        self.assertFalse([secret for secret in secrets if secret in text])

    def test_no_role_of_one_city_is_told_of_another(self):
        for user in self._everybody():
            with self.subTest(user.login):
                self._assert_silent(self._pages(user))
                page = self._page(user=user)
                self.assertEqual([row["place"] for row in page["rows"]], [False])
                self.assertEqual({point["place"] for point in page["trend"]}, {False})

    def test_print_and_workbook_of_one_city(self):
        self._assert_silent(self._files(self.users["coordinator"]))

    def test_two_bodies_only(self):
        self.foreign[1:].benchmark = False
        for user in self._everybody():
            page = self._page(user=user)
            self.assertEqual((page["total"], page["box"], page["strip"]), (2, False, False))
            self.assertIn("from 4 authorities on", page["hidden"])
            self.assertEqual({(bool(point["box"]), point["place"]) for point in page["trend"]}, {(False, False)})
            self._assert_silent(self._pages(user))

    def test_two_bodies_of_one_reader_have_values_but_no_places(self):
        self.foreign[1:].benchmark = False
        page = self._page(user=self._regional(self.company | self.other_company))
        self.assertEqual([(row["value"], row["place"]) for row in page["rows"]], [(92.5, False), (91.37, False)])
        self.assertEqual((page["scope"], page["box"]), ("all", False))

    def test_who_may_choose_two_of_four_is_not_told_the_other_two(self):
        user = self._regional(self.company | self.other_company)
        page = self._page(user=user)
        self.assertEqual([row["name"] for row in page["rows"]], ["City A", "Secretown B"])
        self.assertEqual((page["scope"], page["box"], page["rows"][0]["place"]), ("others", False, False))
        for text in (self._pages(user), self._files(user)):
            self._assert_silent(text, ("Secretown C", "Secretown D", "93.81", "97.02"))

    def test_another_city_can_t_be_claimed(self):
        model = self.env["qms.benchmark"].with_user(self.users["coordinator"])
        for companies in (self.others.ids, (self.company | self.others).ids):
            with self.assertRaises(AccessError):
                model.with_context(allowed_company_ids=companies).get_page()
        # The register of bodies gives no rights: its writers could name anybody as below them.
        body = self.env["qms.body"].with_user(self.users["coordinator"])
        body.create([{"name": company.name, "code": f"B{company.id}"} for company in self.others])
        self.assertEqual(len(self._page(user=self.users["coordinator"])["rows"]), 1)

    def test_own_changes_tell_nothing_of_the_others(self):
        """Whatever one writes as own value, the quartiles stay; so do they when one changes what is one's own."""
        coordinator = self.users["coordinator"]
        value = self.own.measurement_ids.with_user(coordinator)
        told = set()
        for own in (0, 91.36, 91.38, 93.8, 93.82, 97.01, 97.03, 1000):
            value.value = own
            page = self._page(user=coordinator)
            told.add(json.dumps([page["box"], [point["box"] for point in page["trend"]], page["note"]]))
        self.assertEqual(len(told), 1)

    def test_different_neighbours_give_the_same_page(self):
        before = self._page()
        for indicator, value in zip(self.foreign, (91.1, 94.4, 96.6), strict=True):
            indicator.measurement_ids.value = value
        self.assertEqual(self._page(), before)

    def test_who_does_not_take_part_is_told_nothing(self):
        self.own.benchmark = False
        with self.assertRaises(UserError):
            self._page("I-1")
        self.own.benchmark = True
        self.own.measurement_ids.unlink()
        page = self._page("I-1")
        self.assertEqual((page["box"], page["strip"], page["rows"], page["trend"]), (False, False, [], []))
        with self.assertRaises(UserError):
            self._page("I-1", PERIOD)

    def test_who_left_is_not_compared(self):
        self.foreign[0].active = False
        self.foreign[1].company_id.active = False
        self.assertEqual(self._page()["total"], 2)

    def test_strangers_of_the_database_reach_nothing(self):
        portal = self._user("portal")
        portal.group_ids = self.env.ref("base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self._page(user=user)

    def test_helpers_are_not_reached_from_outside(self):
        from odoo.service.model import get_public_method  # noqa: PLC0415 what RPC calls

        model = self.env["qms.benchmark"].with_user(self.clerk_user)
        for name in ("_values", "_compared", "_page", "_smallest"):
            with self.assertRaises(AccessError):
                get_public_method(model, name)
        self.assertTrue(get_public_method(model, "get_page"))

    def test_coordinator_and_commissioner_decide_who_takes_part(self):
        for group in ("coordinator", "commissioner"):
            self.own.with_user(self.users[group]).benchmark = False
            self.own.with_user(self.users[group]).benchmark = True
        self.own.department_id = self.unit
        officer = self.own.with_user(self.users["quality_officer"])
        officer.name = "Answered in time"
        with self.assertRaises(AccessError):
            officer.benchmark = False
        new = {"name": "New", "department_id": self.unit.id}
        for vals, context in (({"benchmark": True}, {}), ({}, {"default_benchmark": True})):
            with self.assertRaises(AccessError):
                officer.with_context(**context).create({**new, "code": "I-7", **vals})
        self.assertFalse(officer.create({**new, "code": "I-8"}).benchmark)

    def test_smallest_comparison_is_set_for_all_and_never_below_four(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for wrong in ("1", "0", "-5", "abc", ""):
            parameters.set_param("qms_core.benchmark_minimum", wrong)
            self.assertEqual(self._page()["box"]["step"], 2)
            self.foreign[2].benchmark = False
            self.assertFalse(self._page()["box"])
            self.foreign[2].benchmark = True
        parameters.set_param("qms_core.benchmark_minimum", "5")
        self.assertIn("from 5 authorities on", self._page()["hidden"])
        self.assertFalse(self._page(user=self._regional())["rows"][0]["place"])
        with self.assertRaises(ValidationError):
            self.env["res.config.settings"].create({"qms_benchmark_minimum": 3})
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(self.users["coordinator"]).set_param(
                "qms_core.benchmark_minimum", "4"
            )
