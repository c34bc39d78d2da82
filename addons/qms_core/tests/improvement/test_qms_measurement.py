from datetime import date, timedelta

from ..indicator.indicator_common import IndicatorCase


class TestMissedTargets(IndicatorCase):
    """Targets that are missed again and again raise a nonconformity; and what improvement counts of itself."""

    def _series(self, indicator, *values):
        for month, value in enumerate(values, start=1):
            self._measure(indicator, date(2026, month, 1), value)
            with self._on(date(2026, month, 1) + timedelta(days=40)):
                self._cron("qms.measurement", "_cron_settle")
        return indicator.nonconformity_ids

    def test_after_so_many_misses_in_a_row_once(self):
        indicator = self._indicator(nonconformity_after=2, process_id=self._process().id)
        self.assertFalse(self._series(indicator, 50))
        indicator = self._indicator(code="I-2", nonconformity_after=2, process_id=indicator.process_id.id)
        raised = self._series(indicator, 50, 60, 70)
        self.assertEqual(len(raised), 1)
        self.assertEqual(
            (raised.kind, raised.process_id, raised.department_id), ("indicator", indicator.process_id, self.unit)
        )
        self.assertEqual(raised.responsible_id, self.head)
        self.assertIn(indicator.name, raised.name)
        self.assertEqual(indicator.nonconformity_count, 1)
        self.assertEqual(indicator.action_view_nonconformities()["domain"][1][2], indicator.ids)

    def test_a_new_series_raises_a_new_one(self):
        indicator = self._indicator(nonconformity_after=1)
        self.assertEqual(len(self._series(indicator, 50, 60, 97, 40)), 2)

    def test_a_period_that_was_met_breaks_the_series(self):
        indicator = self._indicator(nonconformity_after=2)
        self.assertFalse(self._series(indicator, 50, 97, 50, 98))

    def test_never_is_the_default(self):
        self.assertFalse(self._series(self._indicator(), 50, 50, 50))

    def test_history_that_comes_in_raises_nothing(self):
        indicator = self._indicator(nonconformity_after=1)
        for month in (1, 2):
            self._measure(indicator, date(2026, month, 1), 10)
        self._cron("qms.measurement", "_cron_settle")
        self.assertFalse(indicator.nonconformity_ids)

    # === OWN SOURCES === #

    def test_share_closed_in_term(self):
        days = (("2026-03-10", "2026-03-10"), ("2026-03-11", "2026-03-10"), ("2026-05-02", "2026-06-01"))
        for closed, deadline in days:
            record = self._nonconformity()
            record._transition({"state": "closed", "date_closed": closed, "date_deadline": deadline})
        secret = self._nonconformity(kind="corruption")
        secret._transition({"state": "closed", "date_closed": "2026-05-02", "date_deadline": "2026-05-01"})
        indicator = self._indicator(
            source="provider", provider="nonconformities_in_term", measured_from=date(2026, 3, 1)
        )
        indicator._measure()
        self.assertEqual(self._values(indicator), {3: 50, 5: 100}, "A month in which nothing ended has no share.")

    def test_share_of_actions_in_term(self):
        for done, deadline in (("2026-06-10", "2026-06-12"), ("2026-06-13", "2026-06-12")):
            action = self.env["qms.action"].create(
                {
                    "name": "Mend it",
                    "company_id": self.company.id,
                    "responsible_id": self.clerk.id,
                    "date_deadline": deadline,
                }
            )
            action._transition({"state": "done", "date_done": done})
        indicator = self._indicator(source="provider", provider="actions_in_term", measured_from=date(2026, 6, 1))
        indicator._measure()
        self.assertEqual(self._values(indicator), {6: 50})

    def test_nonconformities_are_counted_as_the_owner_sees_them(self):
        self._nonconformity(self.clerk_user, date_found="2026-06-03")
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        self._nonconformity(self.head_user, date_found="2026-06-03", department_id=elsewhere.id)
        vals = {
            "source": "computed",
            "source_model": "qms.nonconformity",
            "source_date": "date_found",
            "measured_from": date(2026, 6, 1),
        }
        clerks = self._indicator(**vals)
        seen = self.env["qms.nonconformity"].with_user(self.clerk_user).search_count([])
        clerks._measure()
        self.assertEqual(self._values(clerks), {6: seen})
        self.assertEqual(seen, 1)
