from datetime import date, timedelta
from unittest.mock import patch

from odoo import api, models
from odoo.tools import SQL, mute_logger

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.qms_core.lib.check import HINT, Check, Hit
from odoo.addons.qms_core.lib.measuring import Provider

from ..helper import load_models
from .indicator_common import IndicatorCase


class TestQmsIndicatorMeasure(IndicatorCase):
    def test_every_period_once(self):
        self._counted("2026-03-05 10:00:00", "2026-05-06 10:00:00")
        indicator = self._counting()
        self._cron("qms.indicator", "_cron_measure")
        self.assertEqual(self._values(indicator), {3: 1, 4: 0, 5: 1, 6: 0})
        self._cron("qms.indicator", "_cron_measure")
        self.assertEqual(len(indicator.measurement_ids), 4)

    def test_the_second_run_writes_nothing(self):
        indicators = self._counting() | self._counting(code="I-3", source_measure="share")
        self._cron("qms.indicator", "_cron_measure")
        self.env.flush_all()
        written = []
        execute = type(self.env.cr).execute

        def watching(cursor, query, *args, **kwargs):
            text = str(getattr(query, "code", query)).lstrip().upper()
            written.extend([text] if text.startswith(("INSERT", "UPDATE", "DELETE")) else [])
            return execute(cursor, query, *args, **kwargs)

        self.env.invalidate_all()
        with patch.object(type(self.env.cr), "execute", watching):
            self._cron("qms.indicator", "_cron_measure")
            self.env.flush_all()
        self.assertEqual(written, [])
        self.assertTrue(indicators.measurement_ids)

    def test_a_week_without_crons_loses_nothing(self):
        indicator = self._counting()
        with self._on(date(2026, 5, 30)):
            self._cron("qms.indicator", "_cron_measure")
        self.assertEqual(set(self._values(indicator)), {3, 4})
        self._counted("2026-05-31 10:00:00")
        with self._on(date(2026, 6, 7)):
            self._cron("qms.indicator", "_cron_measure")
        self.assertEqual(self._values(indicator), {3: 0, 4: 0, 5: 1})

    def test_late_records_are_counted_until_the_period_is_settled(self):
        indicator = self._counting(explain_days=0)
        with self._on(date(2026, 7, 3)):
            indicator._measure()
            self._counted("2026-06-30 08:00:00")
            indicator._measure()
        self.assertEqual(self._values(indicator)[6], 1)
        self._cron("qms.measurement", "_cron_settle")
        self._counted("2026-06-30 09:00:00")
        indicator._measure()
        self.assertEqual(self._values(indicator)[6], 1, "The period is closed.")

    def test_a_field_removed_later_names_the_indicator_and_the_rest_goes_on(self):
        broken, sound = self._counting(code="I-BROKEN"), self._counting(code="I-SOUND")
        self.env.cr.execute("UPDATE qms_indicator SET source_date = 'x_gone' WHERE id = %s", (broken.id,))
        broken.invalidate_recordset()
        self._cron("qms.indicator", "_cron_measure")
        self.assertIn("x_gone", broken.source_error)
        self.assertIn(broken.name, broken.source_error)
        self.assertFalse(broken.measurement_ids)
        self.assertEqual(len(sound.measurement_ids), 4)
        self.assertFalse(sound.source_error)
        broken.source_date = "create_date"
        broken._measure()
        self.assertFalse(broken.source_error, "Mended, it complains no longer.")
        self.assertEqual(len(broken.measurement_ids), 4)

    def test_a_condition_by_a_field_that_was_removed(self):
        for name in ("source_domain", "share_domain"):
            broken = self._counting(code=f"I-{name}", source_measure="share")
            self.env.cr.execute(
                SQL(
                    "UPDATE qms_indicator SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    "[('x_gone', '=', 1)]",
                    broken.id,
                )
            )
            broken.invalidate_recordset()
            broken._measure()
            with self.subTest(name):
                self.assertIn("x_gone", broken.source_error)
                self.assertIn(broken.name, broken.source_error)
                self.assertFalse(broken.measurement_ids)

    def test_an_owner_who_may_no_longer_read_is_named(self):
        owner = self.users["commissioner"]
        with self._with_seals():
            indicator = self._counting(
                owner_role_id=self._commissioner_role().id, source_model="qms.seal", source_domain="[]"
            )
            owner.group_ids -= self.env.ref("qms_core.group_commissioner")
            indicator._measure()
        self.assertIn(owner.name, indicator.source_error)
        self.assertFalse(indicator.measurement_ids)

    def test_a_stop_in_the_middle_starves_nobody(self):
        first, second = self._counting(code="I-A"), self._counting(code="I-B")
        with (
            patch("odoo.addons.qms_core.models.indicator.qms_indicator_measure.BATCH", 1),
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 0),
        ):
            self.env["qms.indicator"]._cron_measure()
            self.env.flush_all()
            self.assertEqual(bool(first.measurement_ids) + bool(second.measurement_ids), 1)
            self.env["qms.indicator"]._cron_measure()
        self.assertTrue(first.measurement_ids and second.measurement_ids)

    def test_queries_do_not_grow_with_the_periods(self):
        self._counted("2026-03-05 10:00:00")
        counts = []
        for code, since in (("I-SHORT", date(2026, 6, 1)), ("I-LONG", date(2024, 6, 1))):
            indicator = self._counting(code=code, measured_from=since)
            self.env.flush_all()
            indicator._measure()  # rules and groups of the owner are known now
            self.env.flush_all()
            indicator.measurement_ids.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            indicator._measure()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], "Twenty-five months cost no more than one.")

    def test_an_indicator_costs_five_queries(self):
        """Two years of a batch back-filled: counts and shares, one query or two, and their savepoints."""
        indicators = self.env["qms.indicator"].browse()
        for number in range(30):
            measure = ("count", "share")[number % 2]
            indicators |= self._counting(code=f"B-{number}", source_measure=measure, measured_from=date(2024, 7, 1))
        self._counted("2025-03-05 10:00:00")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        indicators._measure()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual({len(indicator.measurement_ids) for indicator in indicators[::2]}, {24})
        self.assertLessEqual(queries / len(indicators), 5)


class TestProvider(IndicatorCase):
    """An addon adds a source of values and a check, each in a few lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class CountedLetters(models.Model):
            _inherit = "qms.indicator"
            _name = "qms.indicator"
            _description = "Indicator"
            __module__ = "odoo.addons.qms_core.tests"

            @api.model
            def _get_providers(self):
                return {**super()._get_providers(), "letters": Provider("Letters of the name", self._provide_letters)}

            @api.model
            def _provide_letters(self, indicator, periods):
                return {period: len(indicator.name) + period.first.month for period in periods}

        class ShortNames(models.AbstractModel):
            _inherit = "qms.check"
            _name = "qms.check"
            _description = "Check"
            __module__ = "odoo.addons.qms_core.tests"

            @api.model
            def _get_checks(self):
                check = Check("Short name", HINT, self._check_short_names, "Write it out.")
                return {**super()._get_checks(), "short_name": check}

            def _check_short_names(self):
                records = self.env["qms.indicator"].search(self._own(("name", "=like", "__")))
                return [Hit(record, "The name is too short.") for record in records]

        load_models(cls, CountedLetters, ShortNames)

    def _provided(self, **vals):
        return self._indicator(source="provider", provider="letters", measured_from=date(2026, 5, 1), **vals)

    def test_values_of_an_addon(self):
        indicator = self._provided(name="Abc")
        self.assertIn(("letters", "Letters of the name"), indicator._select_provider())
        self._cron("qms.indicator", "_cron_measure")
        self.assertEqual(self._values(indicator), {5: 8, 6: 9})

    def test_check_of_an_addon(self):
        self._indicator(name="Ab")
        outcomes = {outcome.name: outcome for outcome in self.env["qms.check"]._carry_out(self.company)}
        self.assertEqual(len(outcomes["short_name"].rows), 1)

    def test_a_source_that_fails_stops_no_other(self):
        indicator, sound = self._provided(), self._counting()
        for answer, why in ((ZeroDivisionError("x"), "ZeroDivisionError"), ("nothing", "AttributeError")):

            def method(model, indicator, periods, answer=answer):
                if isinstance(answer, Exception):
                    raise answer
                return answer

            with (
                self.subTest(why),
                patch.object(type(indicator), "_provide_letters", method),
                mute_logger("odoo.addons.qms_core.models.indicator.qms_indicator_measure"),
            ):
                (indicator | sound)._measure()
                self.assertIn(why, indicator.source_error)
        with patch.object(type(indicator), "_provide_letters", lambda model, indicator, periods: {}):
            indicator._measure()
        self.assertFalse(indicator.source_error, "That nothing can be told yet is no failure.")
        self.assertTrue(sound.measurement_ids)
        self.assertFalse(indicator.measurement_ids)

    def test_only_numbers_are_values(self):
        indicator = self._provided()
        for junk in ("5", float("nan"), float("inf"), True):
            with (
                self.subTest(junk),
                patch.object(
                    type(indicator), "_provide_letters", lambda self, one, periods, junk=junk: {periods[0]: junk}
                ),
            ):
                indicator._measure()
                self.assertIn("no number", indicator.source_error)
        self.assertFalse(indicator.measurement_ids)

    def test_an_addon_that_was_removed(self):
        indicator = self._provided()
        self.env.cr.execute("UPDATE qms_indicator SET provider = 'gone' WHERE id = %s", (indicator.id,))
        indicator.invalidate_recordset()
        indicator._measure()
        self.assertIn("no longer there", indicator.source_error)

    def test_compute_now_tells_what_is_wrong(self):
        indicator = self._provided()
        action = indicator.with_user(self.clerk_user).action_measure()
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(len(indicator.measurement_ids), 2)
        with patch.object(type(indicator), "_provide_letters", lambda self, one, periods: {periods[0]: "x"}):
            action = indicator.with_user(self.clerk_user).action_measure()
        self.assertEqual(action["params"]["type"], "warning")

    def test_each_addition_is_short(self):
        import inspect  # noqa: PLC0415 only this test reads sources

        source = inspect.getsource(type(self).setUpClass).split("class ")[1:]
        self.assertEqual([len(part.splitlines()) < 30 for part in source], [True, True])


class TestLongAgo(IndicatorCase):
    def test_an_indicator_that_became_endless_says_so(self):
        indicator = self._counting()
        self.env.cr.execute("UPDATE qms_indicator SET measured_from = '0202-03-01' WHERE id = %s", (indicator.id,))
        indicator.invalidate_recordset()
        indicator._measure()
        self.assertIn("too long ago", indicator.source_error)
        indicator.measured_from = date(2026, 7, 20) - timedelta(days=60)
        indicator._measure()
        self.assertFalse(indicator.source_error)
