from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from .record_common import RecordCase


class TestQmsRecord(RecordCase):
    """A record is written while it is open, and stays as it is once it is filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nomenclature = cls._approved_nomenclature()
        cls.line = cls._file_line(cls.nomenclature)

    def test_filed_record_stays_as_it_is(self):
        record = self._filed(self.line)
        file = record.attachment_ids
        self.assertEqual((record.state, record.filed_by_id), ("filed", self.clerk_user))
        for user in (self.clerk_user, self.coordinator, self.archivist):
            for attempt in (
                lambda own: own.write({"name": "Other"}),
                lambda own: own.write({"attachment_ids": [(5, 0, 0)]}),
                lambda own: own.write({"state": "open"}),
                lambda own: own.write({"state": "destroyed"}),
                lambda own: own.unlink(),
                lambda own: own.with_context(_force_unlink=True).unlink(),
                lambda own: own.attachment_ids.write({"datas": b"QQ=="}),
                lambda own: own.attachment_ids.unlink(),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    attempt(record.with_user(user))
        self.assertEqual((record.attachment_ids, file.raw), (file, b"It was done."))
        self.assertEqual(record._verify(), [])

    def test_seal_bears_other_names_and_shows_other_contents(self):
        record = self._filed(self.line)
        self.kind.write({"code": "T-2", "name": "Another name"})
        self.unit.name = "Another unit"
        self.assertEqual(record._verify() + self.nomenclature._verify(), [])
        self.env.flush_all()
        self.env.cr.execute("UPDATE qms_record SET name = 'Other' WHERE id = %s", [record.id])
        self.env.invalidate_all()
        self.assertEqual(len(record._verify()), 1)

    def test_state_and_signs_are_not_typed_in(self):
        with self.assertRaises(UserError):
            self._record(self.line, state="filed")
        record = self._record(self.line, date_filed=self.today, date_destroyed=self.today)
        self.assertFalse(record.date_filed or record.date_destroyed)
        for vals in ({"date_filed": "2001-01-01"}, {"form_version_id": 1}, {"disposal_id": 1}, {"number": "REC-1"}):
            with self.assertRaises(UserError), self.cr.savepoint():
                record.write(vals)

    def test_what_a_record_needs_to_be_filed(self):
        with self.assertRaisesRegex(UserError, "Choose the file"):
            self._record(self.line, nomenclature_line_id=False).action_file()
        with self.assertRaisesRegex(UserError, "Attach the record"):
            self._record(self.line, attachment_ids=False).action_file()
        self._record(self.line, attachment_ids=False, location="Cabinet 2").action_file()
        draft = self._nomenclature(year=self.today.year + 1)
        with self.assertRaisesRegex(UserError, "takes no records"):
            self._record(draft.line_ids[0]).action_file()
        self.kind.retention_years = 10
        with self.assertRaisesRegex(UserError, "Choose another file"):
            self._record(self.line).action_file()
        self._record(self._file_line(self.nomenclature, "01-02")).action_file()

    def test_retention_counts_from_the_next_first_of_january(self):
        record = self._filed(self.line)
        self.assertEqual(record.retention_until, date(self.today.year + 5, 12, 31))
        self.assertFalse(record.is_due)
        self.assertFalse(self._filed(self._file_line(self.nomenclature, "01-02")).retention_until)
        self.assertFalse(self._record(self.line).retention_until)

    def test_kept_until_a_new_one_replaces_it(self):
        drafts = self._file_line(self.nomenclature, "01-03")
        self.kind.write({"retention_kind": "replaced"})
        old = self._filed(drafts)
        self.assertFalse(old.retention_until)
        new = self._record(drafts, replaces_id=old.id)
        self.assertFalse(old.retention_until)
        new.action_file()
        self.assertEqual(old.retention_until, self.today)

    def test_file_of_something_else_is_not_taken(self):
        theirs = self._record(self.line, user=self.officer_user)
        with self.assertRaisesRegex(UserError, "belongs to something else"):
            self._record(self.line, attachment_ids=[(6, 0, theirs.sudo().attachment_ids.ids)])
        stray = self._stray_file(self.officer_user)
        with self.assertRaises(UserError):
            self._record(self.line, attachment_ids=[(6, 0, stray.ids)])

    def test_file_untied_in_the_draft_is_not_filed(self):
        """Its uploader could change it under the record later on, and it would outlive the destruction."""
        record = self._record(self.line)
        record.attachment_ids.write({"res_model": False, "res_id": 0})
        record.action_file()
        for attempt in (lambda file: file.write({"datas": b"QQ=="}), lambda file: file.unlink()):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt(record.attachment_ids)
        record = self._record(self.line)
        record.attachment_ids.sudo().write({"res_model": "res.partner", "res_id": self.clerk_user.partner_id.id})
        with self.assertRaisesRegex(UserError, "belongs to something else"):
            record.action_file()

    def test_link_or_empty_file_records_nothing(self):
        for vals in ({"type": "url", "url": "https://example.org/protocol"}, {"raw": b""}):
            file = self.env["ir.attachment"].with_user(self.clerk_user).create({"name": "p.txt", **vals})
            with self.assertRaisesRegex(UserError, "is empty"):
                self._record(self.line, attachment_ids=[(6, 0, file.ids)]).action_file()

    def test_record_replaces_one_of_its_unit_and_type(self):
        """Who files something elsewhere ends nobody's retention."""
        drafts = self._file_line(self.nomenclature, "01-03")
        self.kind.write({"retention_kind": "replaced"})
        old = self._filed(drafts)
        other = self.kind.copy({"code": "T-9"})
        with self.assertRaisesRegex(ValidationError, "same unit and type"), self.cr.savepoint():
            self._record(drafts, replaces_id=old.id, type_id=other.id)
        with self.assertRaisesRegex(ValidationError, "same unit and type"), self.cr.savepoint():
            self._record(
                self.env["qms.nomenclature.line"],
                user=self.outsider,
                department_id=self.elsewhere.id,
                replaces_id=old.id,
            )
        self.assertFalse(old.retention_until)

    def test_seal_holds_no_text_that_is_destroyed(self):
        record = self._filed(self.line, note="Complaint of A. Citizen", location="Safe 7")
        content = self.env["qms.seal"].sudo()._link_of(record).content
        for text in ("Citizen", "Safe 7", "protocol.txt"):
            self.assertNotIn(text, content)
        self.assertEqual(record._verify(), [])
        self.env.flush_all()
        self.env.cr.execute("UPDATE qms_record SET note = 'Praise' WHERE id = %s", [record.id])
        self.env.invalidate_all()
        self.assertEqual(len(record._verify()), 1)

    def test_withdrawal_is_for_keepers_with_a_reason(self):
        record = self._filed(self.line)
        with self.assertRaises(AccessError):
            record.with_user(self.clerk_user).action_reopen("I made a mistake")
        action = record.with_user(self.officer_user).action_reopen()
        self.assertEqual(action["res_model"], "qms.reason.wizard")
        record.with_user(self.officer_user).action_reopen("The date is wrong")
        self.assertEqual((record.state, record.date_filed), ("open", False))
        record.with_user(self.clerk_user).write({"date": self.today - timedelta(days=1)})

    def test_who_reads_and_writes(self):
        record = self._record(self.line)
        self.assertTrue(record.with_user(self.head_user).has_access("write"))
        self.assertFalse(record.with_user(self.outsider).has_access("read"))
        self.assertFalse(record.attachment_ids.with_user(self.outsider).has_access("read"))
        colleague = self._user("colleague")
        self._employee(colleague)
        self.assertTrue(record.with_user(colleague).has_access("read"))
        self.assertFalse(record.with_user(colleague).has_access("write"))
        with self.assertRaises(AccessError):
            self._record(self.line, department_id=self.elsewhere.id)
        self.assertFalse(self._abroad("qms.record").search([("id", "=", record.id)]))

    def test_who_moves_to_another_unit_reads_its_records_at_once(self):
        record = self._record(self.line)
        self.assertFalse(record.with_user(self.outsider).has_access("read"))
        self.outsider.employee_id.department_id = self.unit
        self.env.invalidate_all()
        self.assertTrue(record.with_user(self.outsider).has_access("read"))
        self.assertIn(record, self.env["qms.record"].with_user(self.outsider).search([]))
        self.outsider.employee_id.department_id = self.elsewhere
        self.env.invalidate_all()
        self.assertFalse(record.with_user(self.outsider).has_access("read"))

    def test_nothing_is_put_into_another_unit(self):
        record = self._record(self.line)
        with self.assertRaises(AccessError), self.cr.savepoint():
            record.with_user(self.clerk_user).write({"department_id": self.elsewhere.id})
        draft = self._nomenclature(year=self.today.year + 1)
        with self.assertRaises(AccessError), self.cr.savepoint():
            draft.with_user(self.officer_user).write({"department_id": self.elsewhere.id})
        record.with_user(self.coordinator).write({"department_id": self.elsewhere.id})
        self.assertEqual(record.department_id, self.elsewhere)

    def test_batch_of_records_costs_few_queries(self):
        vals = {
            "type_id": self.kind.id,
            "department_id": self.unit.id,
            "company_id": self.company.id,
            "nomenclature_line_id": self.line.id,
        }
        records = self.env["qms.record"].with_user(self.clerk_user)
        records.create([{**vals, "name": "warm"}])
        self.env.flush_all()
        before = self.cr.sql_log_count
        records.create([{**vals, "name": f"n {number}"} for number in range(100)])
        self.env.flush_all()
        self.assertLess((self.cr.sql_log_count - before) / 100, 4)
