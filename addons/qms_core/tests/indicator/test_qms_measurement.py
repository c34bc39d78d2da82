from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError

from .indicator_common import TODAY, IndicatorCase


class TestQmsMeasurement(IndicatorCase):
    def _missed(self, day="2026-06-01", **vals):
        indicator = self._indicator(**vals)
        value = self._measure(indicator, day, 50)
        self._cron("qms.measurement", "_cron_settle")
        return indicator, value

    # === SETTLED === #

    def test_a_period_is_closed_some_days_after_its_end(self):
        value = self._measure(self._indicator(), "2026-06-01", 99)
        for day, state in ((date(2026, 7, 5), "open"), (date(2026, 7, 6), "closed")):
            with self._on(day):
                self._cron("qms.measurement", "_cron_settle")
            self.assertEqual(value.state, state)

    def test_the_period_under_way_stays_open(self):
        value = self._measure(self._indicator(), TODAY, 50)
        self._cron("qms.measurement", "_cron_settle")
        self.assertEqual(value.state, "open")

    def test_a_missed_target_asks_its_owner(self):
        indicator, value = self._missed()
        self.assertEqual((value.state, value.date_deadline), ("waiting", TODAY + timedelta(days=10)))
        call = self._calls(indicator)
        self.assertEqual((call.user_id, call.date_deadline), (self.clerk_user, TODAY + timedelta(days=10)))
        self.assertEqual(call.qms_verb, "answer")
        self._cron("qms.measurement", "_cron_settle")
        self.assertEqual(len(self._calls(indicator)), 1, "Asked once.")

    def test_near_the_target_nobody_is_asked(self):
        indicator, value = self._missed(threshold=40)
        self.assertEqual((value.status, value.state), ("near", "closed"))
        self.assertFalse(self._calls(indicator))

    def test_nobody_is_asked_about_times_long_past(self):
        indicator, value = self._missed("2026-01-01")
        self.assertEqual(value.state, "closed")
        self.assertFalse(self._calls(indicator))

    def test_an_indicator_may_ask_nobody(self):
        indicator, value = self._missed(explain_days=0)
        self.assertEqual(value.state, "closed")
        self.assertFalse(self._calls(indicator))

    def test_without_an_owner_the_head_of_the_unit_is_asked_else_the_coordinators(self):
        indicator, _value = self._missed(owner_role_id=False)
        self.assertEqual(self._calls(indicator).user_id, self.head_user)
        indicator, _value = self._missed(code="I-5", owner_role_id=False, department_id=False)
        self.assertEqual(self._calls(indicator).user_id, self.users["coordinator"])

    # === EXPLAINED === #

    def test_the_owner_explains(self):
        indicator, value = self._missed()
        dialog = indicator.with_user(self.clerk_user).action_explain()
        self.assertEqual(dialog["res_model"], "qms.reason.wizard")
        wizard = self.env["qms.reason.wizard"].with_user(self.clerk_user).browse(dialog["res_id"])
        wizard.reason = "Two of four were ill."
        wizard.action_confirm()
        self.assertEqual((value.state, value.explanation), ("explained", "Two of four were ill."))
        self.assertEqual((value.explained_by_id, value.date_explained), (self.clerk_user, TODAY))
        self.assertFalse(self._calls(indicator))
        with self.assertRaisesRegex(UserError, "No explanation"):
            indicator.action_explain()

    def test_from_my_day(self):
        indicator, _value = self._missed()
        call = self._calls(indicator)
        action = self.env["qms.day"].with_user(self.clerk_user).complete(call.id, "action_explain")
        self.assertEqual((action["res_model"], action["target"]), ("qms.reason.wizard", "new"))

    def test_nobody_else_explains(self):
        _indicator, value = self._missed()
        with self.assertRaisesRegex(AccessError, "Only who answers"):
            value.with_user(self.stranger).action_explain("Because.")
        with self.assertRaises(UserError):
            value.explanation = "Because."

    def test_a_waiting_value_is_neither_changed_nor_deleted(self):
        _indicator, value = self._missed()
        coordinator = value.with_user(self.users["coordinator"])
        with self.assertRaisesRegex(UserError, "reason"):
            coordinator.value = 99
        with self.assertRaisesRegex(UserError, "reason"):
            coordinator.unlink()

    def test_a_correction_that_meets_the_target_ends_the_question(self):
        indicator, value = self._missed()
        indicator._enter_value(value.date, 98, reason="A list was missing.")
        self.assertEqual((value.status, value.state), ("met", "closed"))
        self.assertFalse(self._calls(indicator))

    def test_a_correction_of_an_explained_miss_stays_explained(self):
        indicator, value = self._missed()
        value.with_user(self.clerk_user).action_explain("Two of four were ill.")
        indicator._enter_value(value.date, 51, reason="A letter was missing.")
        self.assertEqual((value.value, value.state, value.explanation), (51, "explained", "Two of four were ill."))

    def test_the_question_ends_in_whichever_language_it_was_asked(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.clerk_user.lang = "uk_UA"
        indicator, value = self._missed()
        self.assertTrue(self._calls(indicator))
        value.with_user(self.users["coordinator"]).action_explain("Two of four were ill.")
        self.assertFalse(self._calls(indicator))
