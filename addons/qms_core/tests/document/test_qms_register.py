import io
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError

from .register_common import RegisterCase


class TestQmsRegister(RegisterCase):
    """Registers whose fields an authority defines itself, with entries that somebody answers for and reviews."""

    def _activities(self, record):
        return self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])

    def _next_day(self, entry):
        """Let the review of an entry be overdue since yesterday, as time would."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE qms_register_entry SET date_deadline = %s WHERE id = %s", [self.today - timedelta(days=1), entry.id]
        )
        self.env.invalidate_all()

    # === FIELDS === #

    def test_fields_are_the_authority_s_own(self):
        entry = self._entry()
        [values] = entry.read(["properties"])
        rows = values["properties"]
        rows.append({"name": "staff", "type": "integer", "string": "Staff", "value": 14, "definition_changed": True})
        entry.with_user(self.coordinator).write({"properties": rows})
        names = [row["string"] for row in self.register.entry_properties_definition]
        self.assertEqual(names, ["Contract", "Risk", "Staff"])
        self.assertEqual(entry.properties["staff"], 14)

    def test_who_keeps_no_register_changes_no_fields(self):
        entry = self._entry()
        row = {"name": "x1", "type": "char", "string": "X"}
        for user in (self.officer_user, self.clerk_user):
            with self.assertRaises(AccessError), self.cr.savepoint():
                entry.with_user(user).write({"properties": [{**row, "value": "y", "definition_changed": True}]})
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.register.with_user(user).write({"entry_properties_definition": [row]})
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.register.with_user(user).action_renew_fields()
        self.assertEqual(len(self.register.entry_properties_definition), 2)

    def test_entry_stays_in_its_register(self):
        other = self._register(name="Another")
        with self.assertRaises(UserError):
            self._entry().write({"register_id": other.id})

    def test_shipped_registers_are_taken_over_once(self):
        registers = self.env["qms.register"].with_user(self.coordinator)
        registers.action_add_shipped()
        own = registers.search([("company_id", "=", self.company.id), ("kind", "!=", False)])
        self.assertEqual(set(own.mapped("kind")), set(registers._shipped()))
        self.assertTrue(all(register.entry_properties_definition for register in own))
        with self.assertRaisesRegex(UserError, "are there"):
            registers.action_add_shipped()
        with self.assertRaises(AccessError):
            registers.with_user(self.clerk_user).action_add_shipped()

    def test_equipment_only_where_maintenance_is_installed(self):
        vals = self.env["qms.register"]._shipped_vals("infrastructure")
        linked = any(row["name"] == "equipment" for row in vals["entry_properties_definition"])
        self.assertEqual(linked, "maintenance.equipment" in self.env)

    def test_shipped_fields_come_again_and_own_ones_stay(self):
        registers = self.env["qms.register"].with_user(self.coordinator)
        register = registers.create(
            {
                "name": "Ours",
                "kind": "communication",
                "entry_properties_definition": [{"name": "how", "string": "By what means", "type": "char"}],
            }
        )
        register.action_renew_fields()
        labels = {row["name"]: row["string"] for row in register.entry_properties_definition}
        self.assertEqual(labels["how"], "By what means")
        self.assertIn("to_whom", labels)

    # === USE AND REVIEW === #

    def test_entry_comes_into_use_with_evidence_and_a_keeper(self):
        bare = self._entry(evidence=" ")
        with self.assertRaisesRegex(UserError, "Evidence"):
            bare.action_use()
        with self.assertRaisesRegex(UserError, "Responsible"):
            self._entry(responsible_id=False).action_use()
        mine = self._entry(user=self.clerk_user)
        with self.assertRaisesRegex(AccessError, "head or the quality officer"):
            mine.with_user(self.clerk_user).action_use()
        mine.with_user(self.head_user).action_use()
        self.assertEqual((mine.state, mine.date_deadline), ("current", self.today + relativedelta(months=6)))

    def test_nothing_of_the_steps_is_typed_in(self):
        with self.assertRaises(UserError):
            self._entry(state="current")
        entry = self._entry(date_deadline="2099-01-01", last_result="fit")
        self.assertFalse(entry.date_deadline or entry.last_result)
        entry = self._in_use()
        for vals in ({"date_deadline": "2099-01-01"}, {"last_result": "fit"}, {"state": "draft"}, {"evidence": ""}):
            with self.assertRaises(UserError), self.cr.savepoint():
                entry.with_user(self.coordinator).write(vals)

    def test_responsible_person_has_the_review_on_his_list(self):
        entry = self._in_use()
        [call] = self._activities(entry)
        self.assertEqual((call.user_id, call.date_deadline), (self.clerk_user, entry.date_deadline))
        entry.with_user(self.clerk_user)._review("fit", "All well")
        [call] = self._activities(entry)
        self.assertEqual(call.date_deadline, entry.date_deadline)
        self.assertEqual((entry.last_result, entry.date_reviewed), ("fit", self.today))

    def test_review_through_the_dialog(self):
        entry = self._in_use()
        action = entry.with_user(self.clerk_user).action_review()
        dialog = self.env[action["res_model"]].with_user(self.clerk_user).with_context(**action["context"]).create({})
        with self.assertRaisesRegex(UserError, "Choose the result"):
            dialog.action_confirm()
        file = self._stray_file(self.clerk_user)
        dialog.write({"result": "unfit", "note": "Late twice", "score": 140, "raise_nonconformity": True})
        with self.assertRaisesRegex(UserError, "between 0 and 100"):
            dialog.action_confirm()
        dialog.write({"score": 40, "attachment_ids": [(6, 0, file.ids)]})
        action = dialog.action_confirm()
        nonconformity = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((nonconformity.origin_model, nonconformity.origin_id), (entry._name, entry.id))
        self.assertEqual((entry.review_ids.score, entry.review_ids.attachment_ids), (40, file))
        self.assertFalse(entry.is_current)

    def test_reviews_are_a_log(self):
        entry = self._in_use()
        review = entry.with_user(self.clerk_user)._review("fit", "All well")
        for user in (self.clerk_user, self.coordinator):
            for attempt in (
                lambda log: log.write({"result": "unfit"}),
                lambda log: log.unlink(),
                lambda log: log.create(
                    {"entry_id": entry.id, "date": self.today, "user_id": self.env.uid, "result": "fit"}
                ),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    attempt(review.with_user(user))
        with self.assertRaises(UserError):
            review.sudo().write({"result": "unfit"})

    def test_next_review_comes_earlier_never_later(self):
        entry = self._in_use().with_user(self.clerk_user)
        with self.assertRaisesRegex(UserError, "every 6 months"):
            entry._review("fit", "Fine", date_next=self.today + timedelta(days=300))
        with self.assertRaisesRegex(UserError, "later than today"):
            entry._review("fit", "Fine", date_next=self.today)
        entry._review("fit", "Fine", date_next=self.today + timedelta(days=30))
        self.assertEqual(entry.date_deadline, self.today + timedelta(days=30))

    def test_who_reviews(self):
        entry = self._in_use()
        for user in (self.outsider, self.users["auditor"], self.mayor):
            with self.assertRaises(AccessError):
                entry.with_user(user)._review("fit", "Fine")
        entry.with_user(self.officer_user)._review("fit", "Fine")

    def test_independent_register_is_reviewed_by_others(self):
        self.register.is_independent = True
        entry = self._in_use()
        with self.assertRaisesRegex(AccessError, "another person"):
            entry.with_user(self.clerk_user)._review("fit", "Fine")
        entry.with_user(self.users["auditor"])._review("fit", "Verified against the standard")
        self.assertEqual(entry.review_ids.user_id, self.users["auditor"])

    def test_closed_entry_stays(self):
        entry = self._in_use()
        with self.assertRaises(AccessError):
            entry.with_user(self.clerk_user).action_close("Over")
        entry.with_user(self.officer_user).action_close("The contract ended")
        self.assertFalse(self._activities(entry))
        with self.assertRaises(UserError):
            entry.with_user(self.coordinator).write({"name": "Other"})
        with self.assertRaises(UserError):
            entry.with_user(self.coordinator).unlink()
        entry.with_user(self.officer_user).action_reopen()
        self.assertEqual(entry.state, "draft")

    def test_closing_in_between_puts_no_review_off(self):
        self.register.is_independent = True
        entry = self._in_use()
        entry.with_user(self.officer_user)._review("fit", "Verified")
        self._next_day(entry)
        due, reviewed = entry.date_deadline, entry.date_reviewed
        entry.with_user(self.officer_user).action_close("Over")
        entry.with_user(self.officer_user).action_reopen()
        entry.with_user(self.officer_user).action_use()
        self.assertEqual((entry.date_deadline, entry.date_reviewed), (due, reviewed))
        self.assertFalse(entry.is_current)
        self.assertEqual(self._activities(entry).user_id, self.clerk_user)

    def test_overdue_review_is_late_and_postponed_with_a_reason(self):
        entry = self._in_use()
        self._next_day(entry)
        self.assertTrue(entry.is_late)
        entry.with_user(self.officer_user)._postpone(self.today + timedelta(days=9), "The auditor is ill")
        self.assertEqual(entry.date_deadline, self.today + timedelta(days=9))

    def test_who_reads_and_writes(self):
        entry = self._in_use()
        self.assertTrue(entry.with_user(self.clerk_user).has_access("write"))  # he answers for it
        self.assertFalse(entry.with_user(self.outsider).has_access("read"))
        colleague = self._user("colleague")
        self._employee(colleague)
        self.assertTrue(entry.with_user(colleague).has_access("read"))
        self.assertFalse(entry.with_user(colleague).has_access("write"))
        with self.assertRaises(AccessError):
            self._entry(user=colleague, department_id=self.elsewhere.id)
        self.assertTrue(self.register.with_user(self.outsider).has_access("read"))
        self.assertFalse(self._abroad("qms.register").search([("id", "=", self.register.id)]))

    def test_nothing_is_put_into_another_unit_or_entry(self):
        entry = self._in_use()
        for user in (self.clerk_user, self.officer_user):
            with self.assertRaises(AccessError), self.cr.savepoint():
                entry.with_user(user).write({"department_id": self.elsewhere.id})
        draft = self._entry(user=self.clerk_user)
        with self.assertRaises(AccessError), self.cr.savepoint():
            draft.write({"department_id": self.elsewhere.id})
        entry.with_user(self.coordinator).write({"department_id": self.elsewhere.id})
        part = self._design().part_ids[0]
        with self.assertRaises(UserError), self.cr.savepoint():
            part.with_user(self.clerk_user).write({"entry_id": entry.id})

    def test_what_citizens_left_is_passed_on_with_consent_only(self):
        self.env["qms.register"].with_user(self.coordinator).action_add_shipped()
        keeping = self.env["qms.register"].search([("kind", "=", "keeping"), ("company_id", "=", self.company.id)])
        with self.assertRaisesRegex(ValidationError, "written consent"), self.cr.savepoint():
            self._entry(register_id=keeping.id, properties={"owner": "A citizen", "passed_to": "The notary"})
        entry = self._entry(
            register_id=keeping.id,
            properties={"owner": "A citizen", "passed_to": "The notary", "consent": "No. 5 of 1 June"},
        )
        with self.assertRaisesRegex(ValidationError, "told at once"), self.cr.savepoint():
            entry.write({"properties": {**dict(entry.properties), "disclosed_by_law": "The police"}})

    # === PARTS === #

    def _design(self):
        register = self._register(name="Design", parts="stage", stages="Draft\n\nTrial\nIntroduction")
        entry = self._entry(register_id=register.id, properties={})
        entry.part_ids.write({"responsible_id": self.clerk.id, "date_deadline": self.today + timedelta(days=5)})
        entry.action_use()
        return entry

    def test_stages_are_checked_by_one_and_approved_by_another_in_order(self):
        entry = self._design()
        draft, trial, last = entry.part_ids
        self.assertEqual(entry.part_ids.mapped("name"), ["Draft", "Trial", "Introduction"])
        with self.assertRaisesRegex(UserError, "resulted in"):
            draft.with_user(self.clerk_user).action_check()
        (draft | trial).with_user(self.clerk_user).write({"result": "Written"})
        (draft | trial).with_user(self.clerk_user).action_check()
        with self.assertRaises(AccessError):
            draft.with_user(self.clerk_user).action_approve()
        with self.assertRaisesRegex(UserError, "comes first"):
            trial.with_user(self.head_user).action_approve()
        draft.with_user(self.head_user).action_approve()
        trial.with_user(self.head_user).action_approve()
        with self.assertRaisesRegex(UserError, "Introduction"):
            entry.with_user(self.officer_user).action_close("All done")
        last.with_user(self.officer_user).write({"result": "Introduced"})
        last.with_user(self.officer_user).action_check()
        with self.assertRaisesRegex(AccessError, "another person"):
            last.with_user(self.officer_user).action_approve()
        last.with_user(self.commissioner).action_approve()
        for attempt in (lambda: draft.write({"result": "Other"}), lambda: draft.unlink()):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        entry.with_user(self.officer_user).action_close("All done")
        self.assertEqual(entry.state, "closed")

    def test_who_carries_out_a_part_neither_deletes_nor_rewrites_it(self):
        part = self._design().part_ids[0].with_user(self.clerk_user)
        with self.assertRaisesRegex(UserError, "stays on record"), self.cr.savepoint():
            part.unlink()
        file = self._stray_file(self.clerk_user)
        part.write({"result": "Written", "evidence_attachment_ids": [(4, file.id)]})
        part.action_check()
        for attempt in (
            lambda: part.write({"result": "Something else"}),
            lambda: part.write({"evidence": "Something else"}),
            lambda: file.write({"datas": b"QQ=="}),
            part.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt()
        self.assertEqual((part.result, file.raw), ("Written", b"It was done."))

    def test_part_of_a_draft_is_deleted(self):
        entry = self._entry(register_id=self._register(name="Inspections", parts="prescription").id, properties={})
        part = self.env["qms.register.part"].with_user(self.officer_user).create({"entry_id": entry.id, "name": "x"})
        part.unlink()
        self.assertFalse(entry.part_ids)

    def test_returned_stage_waits_again(self):
        part = self._design().part_ids[0]
        part.with_user(self.clerk_user).write({"result": "Written"})
        part.with_user(self.clerk_user).action_check()
        with self.assertRaises(UserError):
            part.with_user(self.officer_user).write({"state": "approved"})
        part.with_user(self.head_user).action_return("The fee is missing")
        self.assertEqual((part.state, part.return_reason), ("open", "The fee is missing"))
        self.assertIn(self.clerk_user, self._activities(part).user_id)

    def test_prescription_raises_nonconformity_and_action(self):
        register = self._register(name="Inspections", parts="prescription")
        entry = self._entry(register_id=register.id, properties={})
        deadline = self.today + timedelta(days=20)
        part = (
            self.env["qms.register.part"]
            .with_user(self.officer_user)
            .create(
                {
                    "entry_id": entry.id,
                    "name": "Mend the ramp",
                    "responsible_id": self.clerk.id,
                    "date_deadline": deadline,
                }
            )
        )
        part.with_user(self.clerk_user).action_raise_nonconformity()
        part.with_user(self.coordinator).action_raise_action()
        self.assertEqual(part.nonconformity_ids.department_id, self.unit)
        action = part.action_ids
        self.assertEqual((action.responsible_id, action.date_deadline), (self.clerk, deadline))
        with self.assertRaises(AccessError):
            part.with_user(self.outsider).action_raise_nonconformity()

    # === PRINT === #

    def test_print_shows_what_the_reader_may_see(self):
        self._in_use()
        self._entry(user=self.coordinator, name="Not ours", department_id=self.elsewhere.id, responsible_id=False)
        table = self.register.with_user(self.clerk_user)._print_table()
        self.assertEqual(table["columns"][:4], ["Number", "Name", "Contract", "Risk"])
        self.assertEqual([row[1:4] for row in table["rows"]], [["Clean Ltd", "12", "Low"]])
        everything = self.register.with_user(self.coordinator)._workbook_file()
        sheet = load_workbook(io.BytesIO(everything["content"])).active
        self.assertEqual({sheet.cell(row, 2).value for row in (5, 6)}, {"Clean Ltd", "Not ours"})
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(self.clerk_user)
            ._render_qweb_html("qms_core.report_register", self.register.ids)
        )
        self.assertIn("Clean Ltd", html.decode())
        self.assertNotIn("Not ours", html.decode())

    def test_paper_leaves_out_what_nobody_filled_in(self):
        self._in_use(properties={"risk": "high"})
        self.assertIn("Contract", self.register._print_table()["columns"])
        table = self.register._print_table(filled_only=True)
        self.assertNotIn("Contract", table["columns"])
        self.assertEqual({len(row) for row in table["rows"]}, {len(table["columns"])})
