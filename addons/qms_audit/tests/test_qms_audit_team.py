import re

from odoo.exceptions import AccessError, ValidationError

from odoo.addons.mail.tests.common import MockEmail

from .common import AuditCase


class TestQmsAuditTeam(MockEmail, AuditCase):
    # --- independence ---

    def test_nobody_audits_his_unit(self):
        self.auditor.department_id = self.unit
        with self.assertRaisesRegex(ValidationError, "own work"):
            self._audit()

    def test_nobody_audits_a_unit_he_heads(self):
        self.unit.manager_id = self.auditor
        with self.assertRaisesRegex(ValidationError, "Service Centre"):
            self._audit()

    def test_nobody_audits_a_process_he_owns(self):
        self.process.owner_role_id = self._role("R-2", kind="head", department_id=self.finance.id)
        self.finance.manager_id = self.auditor
        self.env["qms.role"].search([])._reconcile()
        with self.assertRaisesRegex(ValidationError, "Process P-1"):
            self._audit()

    def test_nobody_audits_a_process_he_owns_by_naming_its_unit(self):
        self.process.owner_role_id = self._role("R-2", kind="head", department_id=self.finance.id)
        self.finance.manager_id = self.auditor
        self.env["qms.role"].search([])._reconcile()
        with self.assertRaisesRegex(ValidationError, "Process P-1"):
            self._audit(process_ids=False, department_ids=[(6, 0, self.unit.ids)])

    def test_second_auditor_is_independent_too(self):
        user, employee = self._second_auditor()
        employee.department_id = self.unit
        audit = self._audit()
        with self.assertRaisesRegex(ValidationError, re.escape(employee.name)):
            audit.auditor_ids = user

    def test_who_moved_into_the_unit_does_not_start(self):
        audit = self._audit()
        audit.with_user(self.commissioner).scope = "All"
        audit.action_generate_checklist()
        self.auditor.department_id = self.unit
        with self.assertRaisesRegex(ValidationError, "own work"):
            audit.action_start()

    def test_only_auditors_audit(self):
        outsider = self._employee(self.stranger, department_id=self.finance.id)
        with self.assertRaisesRegex(ValidationError, "role of an auditor"):
            self._audit(user=self.users["coordinator"], responsible_id=outsider.id)
        audit = self._audit()
        with self.assertRaisesRegex(ValidationError, re.escape(self.stranger.name)):
            audit.auditor_ids = self.stranger
        self.env.invalidate_all()
        self.assertEqual(audit.possible_auditor_ids, self.auditor_user)
        self.assertEqual(audit.possible_leader_ids, self.auditor)

    def test_auditor_leads_by_default(self):
        audits = self.env["qms.audit"]
        mine = audits.with_user(self.auditor_user).default_get(["responsible_id"])
        self.assertEqual(mine["responsible_id"], self.auditor.id)
        self.assertFalse(audits.with_user(self.head_user).default_get(["responsible_id"]).get("responsible_id"))

    def test_units_stay_what_they_were(self):
        audit = self._closed()
        self.process.department_id = self.finance
        self.env.flush_all()
        self.assertEqual(audit.audited_department_ids, self.unit)
        self.assertFalse(audit._verify())

    # --- calendar ---

    def _event(self, audit):
        return audit.sudo().event_id

    def test_entry_in_the_calendars_of_both_sides(self):
        audit = self._audit(user=self.users["coordinator"])
        event = self._event(audit)
        self.assertEqual(event.partner_ids, self.auditor_user.partner_id | self.head_user.partner_id)
        self.assertEqual((event.start, event.stop), (audit.date_start, audit.date_end))
        self.assertEqual(event.user_id, self.auditor_user)
        for user in (self.auditor_user, self.head_user):
            mine = (
                self.env["calendar.event"]
                .with_user(user)
                .search(
                    [
                        ("partner_ids", "=", user.partner_id.id),
                        ("start", ">=", "2031-03-03"),
                        ("start", "<", "2031-03-04"),
                    ]
                )
            )
            self.assertEqual(mine, event.with_user(user))
            self.assertIn(audit.number, mine.name)

    def test_entry_moves_with_the_audit(self):
        user, _employee = self._second_auditor()
        audit = self._audit()
        audit.write({"date_start": "2031-04-01 07:00:00", "date_end": "2031-04-01 12:00:00"})
        audit.auditor_ids = user
        event = self._event(audit)
        self.assertEqual((event.start, event.stop), (audit.date_start, audit.date_end))
        self.assertIn(user.partner_id, event.partner_ids)
        self.assertEqual(self.env["calendar.event"].search_count([("name", "ilike", audit.number)]), 1)

    def test_entry_goes_with_the_audit(self):
        audit = self._audit()
        event = self._event(audit)
        audit.with_user(self.users["coordinator"]).action_cancel("Not needed")
        self.assertFalse(event.active)
        audit = self._audit()
        event = self._event(audit)
        audit.with_user(self.users["coordinator"]).unlink()
        self.assertFalse(event.exists())

    def test_no_mail_leaves(self):
        people = self.auditor_user | self.head_user | self.commissioner
        people.notification_type = "email"
        quiet = self.env.context | {"tracking_disable": False}
        user, _employee = self._second_auditor()
        with self.mock_mail_gateway():
            audit = self._audit().with_context(quiet)
            audit.write({"date_start": "2031-04-01 07:00:00", "date_end": "2031-04-01 12:00:00"})
            audit.auditor_ids = user
            audit.flush_recordset()
        self.assertFalse(self._new_mails)
        self.assertFalse(self._mails)

    def test_entry_is_not_for_clients(self):
        meeting = self.env["calendar.event"].create(
            {"name": "Not yours", "start": "2031-01-01 08:00:00", "stop": "2031-01-01 09:00:00"}
        )
        audit = self._audit()
        with self.assertRaises(AccessError):
            audit.write({"event_id": meeting.id})
        with self.assertRaises(AccessError):
            self._audit(event_id=meeting.id)
