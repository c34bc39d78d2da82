from datetime import date

from odoo.exceptions import AccessError, UserError

from .indicator_common import IndicatorCase


class TestQmsIndicatorSource(IndicatorCase):
    # === SAVED === #

    def test_a_broken_domain_is_refused(self):
        for domain, why in (
            ("[('code', '=', ", "can't be read"),
            ("[('no_such_field', '=', 1)]", "no_such_field"),
            ("[('code', 'resembles', 1)]", "can't be read"),
            ("__import__('os')", "can't be read"),
            ("['&']", "can't be read"),
            ("[('headcount', '=', 'many')]", "Answered in term.* failed"),
            ("[('create_date', '>', 'some day')]", "Answered in term.*can't be read"),
        ):
            with self.subTest(domain), self._refused(why):
                self._counting(source_domain=domain)

    def test_fields_have_to_be_there_and_of_their_kind(self):
        for vals, why in (
            ({"source_date": "name"}, "name"),
            ({"source_date": "gone"}, "gone"),
            ({"source_measure": "sum", "source_field": "code"}, "code"),
            ({"source_measure": "average", "source_field": False}, "number"),
            ({"source_date": False}, "by which date"),
        ):
            with self.subTest(vals), self._refused(why):
                self._counting(**vals)

    def test_only_models_of_the_list_are_counted(self):
        indicator = self._counting()
        with self._refused("res.users"):
            indicator.source_model = "res.users"
        # Past the selection as well, as an addon that was removed leaves its models behind.
        self.env.cr.execute("UPDATE qms_indicator SET source_model = 'res.users' WHERE id = %s", (indicator.id,))
        indicator.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "res.users"):
            indicator._read_source(indicator._periods_due(date(2026, 7, 20), {}))

    def test_an_owner_without_login_can_t_count(self):
        with self._refused("nobody with a login"):
            self._counting(owner_role_id=self._role("R-EMPTY").id)

    def test_the_owner_has_to_be_allowed_to_read(self):
        with self._with_seals(), self._refused("qms_clerk"):
            self._counting(source_model="qms.seal", source_domain="[]")

    def test_who_sets_it_up_has_to_be_allowed_to_read_too(self):
        with self._with_seals():
            indicator = self._counting(
                owner_role_id=self._commissioner_role().id, source_model="qms.seal", source_domain="[]"
            )
            indicator.with_user(self.users["commissioner"]).source_domain = "[('number', '>', 0)]"
            self.assertEqual(indicator.source_domain, "[('number', '>', 0)]")
            with self.assertRaisesRegex(AccessError, "qms_coordinator"), self.cr.savepoint():
                indicator.with_user(self.users["coordinator"]).source_domain = "[]"

    def test_endless_periods_are_refused(self):
        with self._refused("no end of periods"):
            self._counting(measured_from=date(202, 3, 1))
        with self._refused("no end of periods"):
            self._counting(measured_until=date(2026, 1, 1))

    # === COUNTED === #

    def test_count_by_month_in_the_authority_s_time_zone(self):
        self.company.resource_calendar_id.tz = "Europe/Kyiv"
        # 22:30 UTC of the last of March is the first of April in Kyiv.
        self._counted("2026-03-05 10:00:00", "2026-03-31 22:30:00", "2026-04-10 10:00:00", "2026-06-30 20:59:00")
        indicator = self._counting()
        indicator._measure()
        self.assertEqual(self._values(indicator), {3: 1, 4: 2, 5: 0, 6: 1})

    def test_sum_average_and_share(self):
        self._counted("2026-03-05 10:00:00", "2026-03-06 10:00:00", headcount=2)
        self._counted("2026-03-07 10:00:00", headcount=5)
        expected = {"sum": {3: 9, 4: 0, 5: 0, 6: 0}, "average": {3: 3}, "share": {3: 100 / 3}}
        for measure, values in expected.items():
            indicator = self._counting(
                code=f"I-{measure}",
                source_measure=measure,
                source_field="headcount",
                share_domain="[('headcount', '>', 3)]",
            )
            indicator._measure()
            found = self._values(indicator)
            self.assertEqual(set(found), set(values), "A month without records has no average and no share.")
            for month, value in values.items():
                self.assertAlmostEqual(found[month], value)

    def test_quarters_and_an_end(self):
        self._counted("2026-01-05 10:00:00", "2026-05-06 10:00:00")
        indicator = self._counting(period="quarter", measured_from=date(2026, 1, 1), measured_until=date(2026, 3, 1))
        indicator._measure()
        self.assertEqual(self._values(indicator), {3: 1})

    def test_records_of_other_authorities_are_not_counted(self):
        role = self._counted("2026-03-05 10:00:00")
        self.env["qms.role"].sudo().create({"name": "X", "code": "X-abroad", "company_id": self.other_company.id})
        indicator = self._counting(measured_from=date(2026, 1, 1))
        with self._on(date(2027, 1, 5)):
            indicator._measure()
        self.assertEqual(sum(row.value for row in indicator.measurement_ids), len(role))

    def test_computed_values_are_not_typed_in(self):
        indicator = self._counting()
        indicator._measure()
        value = indicator.measurement_ids[:1]
        with self.assertRaisesRegex(UserError, "computed"):
            value.with_user(self.users["coordinator"]).value = 7
        with self.assertRaisesRegex(UserError, "computed"):
            value.with_user(self.users["coordinator"]).create(
                {"indicator_id": indicator.id, "date": "2026-07-01", "value": 1}
            )
        indicator.with_user(self.clerk_user)._enter_value(value.date, 7, reason="The register was down.")
        indicator._measure()
        self.assertEqual(value.value, 7, "What was corrected with a reason is not computed again.")
