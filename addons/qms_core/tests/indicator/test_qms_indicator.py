from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger

from .indicator_common import IndicatorCase


class TestQmsIndicator(IndicatorCase):
    # === LIGHTS === #

    def test_status_follows_the_last_value(self):
        indicator = self._indicator()
        self.assertEqual(indicator.status, "none")
        self._measure(indicator, "2026-04-01", 97)
        self._measure(indicator, "2026-01-01", 80)
        self.assertEqual((indicator.last_value, indicator.previous_value, indicator.status), (97, 80, "met"))
        self._measure(indicator, "2026-07-01", 94.9)
        self.assertEqual((indicator.last_value, indicator.status), (94.9, "missed"))
        self.assertEqual(indicator.last_date, date(2026, 7, 31))

    def test_lower_is_better(self):
        indicator = self._indicator(direction="lower", target=15)
        self.assertEqual(self._measure(indicator, "2026-01-01", 15).status, "met")
        self.assertEqual(self._measure(indicator, "2026-04-01", 15.5).status, "missed")

    def test_between_target_and_threshold_is_amber(self):
        indicator = self._indicator(threshold=90)
        self.assertTrue(indicator.use_threshold)
        self.assertEqual(self._measure(indicator, "2026-01-01", 90.1).status, "near")
        self.assertEqual(self._measure(indicator, "2026-02-01", 90).status, "missed")

    def test_a_threshold_of_zero(self):
        indicator = self._indicator(target=5, threshold=0, use_threshold=True)
        self.assertEqual(self._measure(indicator, "2026-01-01", 1).status, "near")
        self.assertEqual(self._measure(indicator, "2026-02-01", 0).status, "missed")

    def test_thresholds_the_wrong_way_round(self):
        with self._refused("I-1|Answered"):
            self._indicator(threshold=99)
        lower = self._indicator(direction="lower", target=15, threshold=20)
        with self._refused("above"):
            lower.threshold = 10
        with self._refused("below"):
            lower.direction = "higher"

    def test_a_target_needs_a_unit(self):
        with self._refused("no unit"):
            self._indicator(unit_of_measure=" ")
        self.assertTrue(self._indicator(unit_of_measure="", target=0))

    def test_a_new_target_judges_the_period_under_way_and_no_earlier_one(self):
        indicator = self._indicator()
        past, running = self._measure(indicator, "2026-06-01", 93), self._measure(indicator, "2026-07-01", 93)
        indicator.target = 90
        self.assertEqual((past.target, past.status), (95, "missed"))
        self.assertEqual((running.target, running.status), (90, "met"))
        self.assertEqual(indicator.status, "met")

    # === PERIODS === #

    def test_one_value_a_period(self):
        indicator = self._indicator()
        self._measure(indicator, "2026-01-01", 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._measure(indicator, "2026-01-20", 2)

    def test_any_day_of_the_period(self):
        indicator = self._indicator(period="quarter")
        value = self._measure(indicator, "2026-02-11", 1)
        self.assertEqual((value.date_start, value.date), (date(2026, 1, 1), date(2026, 3, 31)))
        value.date = "2026-04-02"
        self.assertEqual((value.date_start, value.date), (date(2026, 4, 1), date(2026, 6, 30)))

    def test_a_period_that_has_not_begun(self):
        indicator = self._indicator()
        with self._refused("not begun"):
            self._measure(indicator, "2026-08-01", 1)

    def test_values_keep_the_periods_they_are_of(self):
        indicator = self._indicator()
        self._measure(indicator, "2026-01-01", 1)
        with self.assertRaisesRegex(UserError, "other periods"):
            indicator.period = "year"

    def test_closed_values_keep_their_indicator(self):
        indicator = self._indicator()
        self._measure(indicator, "2026-01-01", 99)
        self._cron("qms.measurement", "_cron_settle")
        with self.assertRaisesRegex(UserError, "Archive it"):
            indicator.unlink()
        fresh = self._indicator(code="I-9")
        self._measure(fresh, "2026-07-01", 99)
        fresh.unlink()
        self.assertFalse(fresh.exists())

    # === WHO === #

    def test_values_are_the_authority_s(self):
        value = self._measure(self._indicator(), "2026-01-01", 1)
        with self.assertRaises(AccessError):
            self._abroad("qms.measurement").browse(value.id).read(["value"])
        with self.assertRaises(AccessError):
            value.with_user(self.clerk_user).value = 2

    def test_officers_write_the_figures_of_their_units(self):
        elsewhere = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        officer = self.users["quality_officer"]
        service = self.env["qms.service"].create(
            {"name": "Copies", "code": "S-1", "company_id": self.company.id, "department_id": self.unit.id}
        )
        own = self._indicator(process_id=self._process().id, department_id=False)
        own |= self._indicator(code="I-2", service_id=service.id, department_id=False) | self._indicator(code="I-5")
        process = self._process("P-2", department_id=elsewhere.id)
        foreign = self._indicator(code="I-3", process_id=process.id, department_id=elsewhere.id)
        common = self._indicator(code="I-4", department_id=False)
        for indicator in own:
            indicator.with_user(officer).target = 90
            value = self._measure(indicator.with_user(officer), "2026-01-01", 1)
            value.with_user(officer).value = 2
        for indicator in foreign | common:
            value = self._measure(indicator, "2026-01-01", 1)
            self.assertEqual(value.with_user(officer).value, 1)
            with self.assertRaises(AccessError):
                indicator.with_user(officer).target = 90
            with self.assertRaises(AccessError):
                value.with_user(officer).value = 2
            with self.assertRaises(AccessError):
                value.with_user(officer).create({"indicator_id": indicator.id, "date": "2026-04-01", "value": 1})
            value.with_user(self.users["coordinator"]).value = 3

    def test_officers_change_no_party_but_their_own(self):
        officer = self.users["quality_officer"]
        parties = self.env["qms.party"].with_user(officer)
        common = self.env["qms.party"].create({"name": "Firms", "code": "PT-1", "company_id": self.company.id})
        own = parties.create({"name": "Schools", "code": "PT-2", "company_id": self.company.id})
        own.needs = "Speed"
        with self.assertRaises(AccessError):
            common.with_user(officer).needs = "None"
        common.with_user(self.users["coordinator"]).needs = "Speed"

    def test_mine_are_those_i_answer_for(self):
        indicator = self._indicator()
        mine = self.env["qms.indicator"].with_user(self.clerk_user)
        self.assertEqual(mine.search([("is_mine", "=", True)]), indicator)
        self.assertTrue(mine.browse(indicator.id).may_answer)
        others = self.env["qms.indicator"].with_user(self.head_user)
        self.assertFalse(others.search([("is_mine", "=", True)]))
        self.assertIn(indicator, others.search([("is_mine", "=", False)]))
        self.assertEqual(indicator.owner_ids.name, self.clerk.name)

    # === ENTRY === #

    def _entry(self, indicator, user):
        action = indicator.with_user(user).action_enter_value()
        return Form(self.env[action["res_model"]].with_user(user).with_context(**action["context"]))

    def test_the_owner_enters_the_last_period(self):
        indicator = self._indicator()
        with self._entry(indicator, self.clerk_user) as form:
            form.value = 96
        form.record.action_save()
        self.assertEqual(self._values(indicator), {6: 96})
        with self.assertRaisesRegex(AccessError, "Only who answers"):
            indicator.with_user(self.stranger).action_enter_value()

    def test_a_settled_value_changes_only_with_a_reason(self):
        indicator = self._indicator()
        value = self._measure(indicator, "2026-05-01", 97)
        self._cron("qms.measurement", "_cron_settle")
        self.assertEqual(value.state, "closed")
        for user in (self.env.user, self.users["coordinator"]):
            with self.assertRaisesRegex(UserError, "reason"):
                value.with_user(user).value = 99
        with self.assertRaisesRegex(UserError, "Write why"):
            indicator.with_user(self.clerk_user)._enter_value(date(2026, 5, 9), 96)
        form = self._entry(indicator, self.clerk_user)
        form.date = date(2026, 5, 9)
        self.assertTrue(form.needs_reason)
        self.assertEqual(form.value, 97)
        form.value, form.reason = 96, "Two letters were counted twice."
        form.save().action_save()
        self.assertEqual((value.value, value.state, value.corrected), (96, "closed", True))
        self.assertIn("counted twice", indicator.message_ids[:1].body)

    def test_the_target_of_a_value_is_not_typed_over(self):
        value = self._measure(self._indicator(), "2026-07-01", 50)
        with self.assertRaisesRegex(UserError, "target of its time"):
            value.with_user(self.users["coordinator"]).target = 40

    # === CHART === #

    def test_chart_of_values_targets_and_costs(self):
        indicator = self._indicator(threshold=80, process_id=self._process().id)
        self._measure(indicator, "2026-06-01", 90)
        self._measure(indicator, "2026-05-01", 96)
        self.env["qms.cost"].create(
            {"indicator_id": indicator.id, "process_id": indicator.process_id.id, "date": "2026-06-11", "amount": 500}
        )
        points = indicator.trend["points"]
        self.assertEqual([point["value"] for point in points], [96, 90])
        self.assertEqual([point["status"] for point in points], ["met", "near"])
        self.assertEqual([point["cost"] for point in points], [None, 500])
        self.assertEqual((points[0]["target"], points[0]["threshold"]), (95, 80))
