from datetime import timedelta

from .register_common import RegisterCase


class TestQmsRegisterCoverage(RegisterCase):
    """A requirement is answered by entries that are current; an empty link answers nothing."""

    def _coverage(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.requirement.with_user(user or self.coordinator).coverage

    def _hits(self, name):
        checks = self.env["qms.check"].sudo().with_context(allowed_company_ids=self.company.ids)
        return [(hit.record, hit.unit) for hit in checks._get_checks()[name].method()]

    def _yesterday(self, entry, column="date_deadline"):
        self.env.flush_all()
        query = f"UPDATE qms_register_entry SET {column} = %s WHERE id = %s"  # noqa: S608 a constant of the test
        self.env.cr.execute(query, [self.today - timedelta(days=1), entry.id])
        self.env.invalidate_all()

    def test_register_without_entries_answers_nothing(self):
        self.assertEqual(self.register.requirement_ids, self.requirement)
        self.assertEqual(self._coverage(), "open")
        self._entry()
        self.assertEqual(self._coverage(), "open")

    def test_entry_that_nobody_reviewed_answers_nothing(self):
        entry = self._in_use()
        self.assertEqual((entry.is_current, entry.date_reviewed, self._coverage()), (False, False, "open"))
        self.assertNotIn(entry, entry.search([("is_current", "=", True)]))

    def test_current_entry_answers_whoever_asks(self):
        entry = self._proven()
        self.assertEqual(entry.requirement_ids, self.requirement)
        for user in (self.coordinator, self.outsider):
            self.assertEqual(self._coverage(user), "answered")
            answered_by = self.requirement.with_user(user).answered_by
            self.assertIn("Providers", answered_by)
            self.assertNotIn("Clean Ltd", answered_by)

    def test_what_is_no_longer_current_answers_nothing(self):
        entry = self._proven()
        self._yesterday(entry)
        self.assertEqual((entry.is_current, self._coverage()), (False, "open"))
        entry.with_user(self.clerk_user)._review("remarks", "Better")
        self.assertEqual((entry.is_current, self._coverage()), (True, "answered"))
        entry.with_user(self.clerk_user)._review("unfit", "Worse")
        self.assertEqual((entry.is_current, self._coverage()), (False, "open"))
        entry.with_user(self.clerk_user)._review("fit", "Better again")
        self._yesterday(entry, "date_valid_to")
        self.assertEqual((entry.is_current, self._coverage()), (False, "open"))
        entry.write({"date_valid_to": False})
        self.assertEqual(self._coverage(), "answered")
        self.register.active = False
        self.assertEqual((entry.is_current, self._coverage()), (False, "open"))

    def test_closed_entry_answers_nothing(self):
        entry = self._proven()
        entry.with_user(self.officer_user).action_close("Over")
        self.assertEqual(self._coverage(), "open")

    def test_search_and_compute_agree(self):
        current, overdue = self._proven(), self._proven(name="Late Ltd")
        self._entry(name="Draft Ltd")
        self._yesterday(overdue)
        found = self.env["qms.register.entry"].search(
            [("register_id", "=", self.register.id), ("is_current", "=", True)]
        )
        self.assertEqual(found, current)
        self.assertEqual(self.register.entry_ids.filtered("is_current"), current)

    def test_entry_is_evidence_of_what_it_names(self):
        other = self.requirement.create({"standard_id": self.standard.id, "clause": "8.5", "name": "Other"})
        self._proven(requirement_ids=[(6, 0, other.ids)])
        self.assertEqual(self._coverage(), "open")
        self.assertEqual(other.coverage, "answered")

    def test_of_another_authority_nothing_counts(self):
        self._proven()
        standard = self._abroad("qms.standard").create(
            {"name": "T", "code": "S-1", "company_id": self.other_company.id}
        )
        theirs = self._abroad("qms.requirement").create(
            {"standard_id": standard.id, "clause": "8.4", "name": "Outside providers"}
        )
        self.assertEqual(theirs.coverage, "open")

    def test_check_names_empty_registers_whose_requirement_applies(self):
        self.assertEqual(self._hits("register_empty"), [(self.register, None)])
        entry = self._proven()
        self.assertEqual(self._hits("register_empty"), [])
        self._yesterday(entry)
        self.assertEqual(self._hits("register_empty"), [(self.register, None)])
        self.requirement.write({"applicable": False, "reason": "Nothing is bought"})
        self.assertEqual(self._hits("register_empty"), [])

    def test_check_names_overdue_reviews_by_unit(self):
        entry = self._proven()
        self.assertEqual(self._hits("register_overdue"), [])
        self._yesterday(entry)
        self.assertEqual(self._hits("register_overdue"), [(self.register, self.unit)])

    def test_check_names_what_is_no_longer_valid(self):
        entry = self._proven(date_valid_to=self.today + timedelta(days=400))
        self.assertEqual(self._hits("register_overdue"), [])
        self._yesterday(entry, "date_valid_to")
        self.assertEqual(self._hits("register_overdue"), [(self.register, self.unit)])

    def test_register_entries_stand_among_what_one_answers_for(self):
        self._proven()
        groups = self.env["qms.day"].with_user(self.clerk_user).get_answers()["groups"]
        [group] = [row for row in groups if row["key"] == "register_entries"]
        self.assertEqual(group["count"], 1)
        action = self.env["qms.day"].with_user(self.clerk_user).open_answers("register_entries")
        self.assertEqual(action["res_model"], "qms.register.entry")

    def test_coverage_costs_the_same_however_many_entries(self):
        self._proven()
        requirements = self.requirement.with_user(self.coordinator)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            requirements._judge(self.company)  # warm
            before = self.cr.sql_log_count
            requirements._judge(self.company)
            return self.cr.sql_log_count - before

        few = queries()
        for number in range(10):
            self._proven(name=f"Provider {number}")
        self.assertEqual(queries(), few)
