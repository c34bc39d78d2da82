from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, mute_logger

from ..common import QmsCase


class TestQmsProcessVersion(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()

    def test_life_of_a_version(self):
        first = self._approved(self.process)
        self.assertEqual((first.state, self.process.version_id), ("approved", first))
        self.assertTrue(first.seal_checksum)
        second = self.process.with_user(self.users["coordinator"])._new_version()
        self.assertEqual(second.step_ids.mapped("key"), first.step_ids.mapped("key"))
        self.assertEqual(len(second.transition_ids), 1)
        self.assertEqual(second.flow_ids.mapped("name"), ["Application"])
        self.assertEqual((second.number, second.based_on_id), (2, first))
        second.step_ids[0].name = "Take in quickly"
        self.assertEqual(self.process.step_ids[0].name, "Take in", "Drafts must not leak into what is in force.")
        second.action_submit()
        second.with_user(self.users["top_management"]).action_approve()
        self.assertEqual((first.state, second.state), ("superseded", "approved"))
        self.assertEqual(self.process.step_ids[0].name, "Take in quickly")
        self.assertEqual(first.step_ids[0].name, "Take in")
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])

    def test_author_does_not_approve(self):
        version = self._draft(self.process, author=self.users["commissioner"])
        version.action_submit()
        with self.assertRaises(UserError):
            version.action_approve()
        self.assertEqual(version.state, "review")

    def test_author_is_not_given_from_outside(self):
        """Else the commissioner writes a version in another's name and approves it himself."""
        commissioner, coordinator = self.users["commissioner"], self.users["coordinator"]
        versions = self.env["qms.process.version"].with_user(commissioner)
        vals = {"process_id": self.process.id, "purpose": "x"}
        for version in (
            versions.create({**vals, "author_id": coordinator.id}),
            versions.with_context(default_author_id=coordinator.id, default_approver_id=coordinator.id).create(vals),
        ):
            self.assertEqual(version.author_id, commissioner)
            self.assertFalse(version.approver_id)
            for field in ("author_id", "approver_id"):
                with self.assertRaises(UserError):
                    version[field] = coordinator

    def test_who_may_approve(self):
        version = self._draft(self.process)
        version.action_submit()
        for group in ("quality_officer", "coordinator", "auditor", "legal"):
            with self.assertRaises(AccessError):
                version.with_user(self.users[group]).action_approve()
        with self.assertRaises(AccessError):
            version.with_user(self.clerk_user).action_approve()

    def test_draft_is_not_approved_at_once(self):
        with self.assertRaises(UserError):
            self._draft(self.process).with_user(self.users["commissioner"]).action_approve()

    def test_incomplete_version_names_what_is_missing(self):
        process = self._process("P-2")
        process.owner_role_id = False
        version = self._draft(process, author=self.users["coordinator"])
        version.step_ids[0].role_id = False
        with self.assertRaisesRegex(UserError, "(?s)no owner.*Take in"):
            version.action_submit()

    def test_rejection_needs_a_reason(self):
        version = self._draft(self.process)
        version.action_submit()
        dialog = version.with_user(self.users["commissioner"]).action_reject()
        wizard = self.env[dialog["res_model"]].with_user(self.users["commissioner"]).browse(dialog["res_id"])
        wizard.reason = "The visa is missing."
        wizard.action_confirm()
        self.assertEqual((version.state, version.reject_reason), ("rejected", "The visa is missing."))

    def test_reason_dialog_calls_only_what_models_offer(self):
        version = self._draft(self.process)
        wizard = (
            self.env["qms.reason.wizard"]
            .with_user(self.users["coordinator"])
            .create({"res_model": version._name, "res_ids": version.ids, "method": "unlink", "reason": "x"})
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertTrue(version.exists())

    def test_approved_steps_are_frozen(self):
        version = self._approved(self.process)
        for record in (version, version.step_ids, version.transition_ids, version.flow_ids):
            with self.assertRaises(UserError):
                record.with_user(self.users["commissioner"]).unlink()
        with self.assertRaises(UserError):
            version.step_ids[0].with_user(self.users["coordinator"]).name = "x"
        with self.assertRaises(UserError):
            version.with_user(self.users["coordinator"]).write({"purpose": "x"})
        with self.assertRaises(UserError):
            self.process.with_user(self.users["commissioner"]).unlink()

    def test_employees_read_only_what_is_in_force(self):
        version = self._draft(self.process)
        with self.assertRaises(AccessError):
            version.with_user(self.stranger).read(["number"])
        self.assertFalse(version.step_ids.with_user(self.stranger).search([("version_id", "=", version.id)]))
        version.action_submit()
        version.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual(version.with_user(self.stranger).number, 1)
        self.assertEqual(len(self.process.with_user(self.stranger).step_ids), 2)

    def test_officer_keeps_only_his_unit(self):
        other_unit = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        foreign = self._process("P-3", department_id=other_unit.id)
        officer = self.users["quality_officer"]
        self._draft(self.process, author=officer)
        with self.assertRaises(AccessError):
            self._draft(foreign, author=officer)
        with self.assertRaises(AccessError):
            foreign.with_user(officer).name = "x"

    def test_draft_can_be_deleted(self):
        version = self._draft(self.process)
        version.unlink()
        self.assertFalse(version.exists())

    def test_absurd_times(self):
        version = self._draft(self.process)
        for vals in ({"touch_minutes": -1}, {"touch_minutes": 10**9}, {"wait_hours": -0.5}, {"wait_hours": 10**6}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                version.step_ids[0].write(vals)
                self.env.flush_all()

    def test_transition_to_another_version_s_step(self):
        version, other = self._draft(self.process), self._draft(self._process("P-2"))
        with self.assertRaises(ValidationError):
            version.transition_ids.create(
                {"version_id": version.id, "source_id": version.step_ids[0].id, "target_id": other.step_ids[0].id}
            )

    def test_key_is_unique_in_a_version(self):
        version = self._draft(self.process)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            version.step_ids.create({"version_id": version.id, "key": "s010", "name": "Again"})
            self.env.flush_all()

    def test_map_shows_each_step_escaped(self):
        version = self._draft(self.process)
        version.step_ids[0].name = "<script>alert(1)</script>"
        self.assertNotIn("<script", version.map_html)
        self.assertIn("Decide", version.map_html)

    # === WHO PUTS A VERSION IN FORCE === #

    def test_nobody_names_the_version_in_force(self):
        """Else an unapproved text comes into force by one write."""
        approved, draft = self._approved(self.process), self._draft(self.process)
        processes = self.env["qms.process"]
        for user in (self.users["coordinator"], self.users["commissioner"], self.env.user):
            for vals in ({"version_id": draft.id}, {"version_id": False}, {"first_code": "P-0"}):
                with self.assertRaisesRegex(UserError, "filled in by"):
                    self.process.with_user(user).write(vals)
            forged = processes.with_user(user).with_context(default_version_id=draft.id, default_first_code="P-0")
            vals = {"name": "x", "company_id": self.company.id}
            created = forged.create({**vals, "code": f"D-{user.id}"})
            created |= processes.with_user(user).create(
                {**vals, "code": f"V-{user.id}", "version_id": draft.id, "first_code": "P-0"}
            )
            self.assertFalse(created.version_id)
            self.assertEqual(created.mapped("first_code"), [False, False])
        with self.assertRaises(UserError):
            self.process.with_context(qms_by_method=True).version_id = draft
        self.assertEqual(self.process.version_id, approved)

    # === IN REVIEW === #

    def test_what_is_in_review_stays_as_it_was_submitted(self):
        """Else the approver writes what he then approves."""
        version = self._draft(self.process)
        version.action_submit()
        for user in (self.users["coordinator"], self.users["commissioner"]):
            mine = version.with_user(user)
            for attempt in (
                lambda mine=mine: mine.write({"purpose": "x"}),
                lambda mine=mine: mine.step_ids[0].write({"name": "x"}),
                lambda mine=mine: mine.transition_ids.unlink(),
                lambda mine=mine: mine.flow_ids.create({"version_id": version.id, "key": "o10", "name": "x"}),
                lambda mine=mine: mine.write({"step_ids": [(5,)]}),
                lambda mine=mine: mine.unlink(),
            ):
                with self.assertRaisesRegex(UserError, "as it was submitted"), self.cr.savepoint():
                    attempt()
        self.assertFalse(version.seal_checksum, "nothing is sealed before it is approved")
        self.assertEqual(self.env["qms.frozen.mixin"].verify_all(), [])
        version.message_post(body="Why two steps?")
        version.with_user(self.users["commissioner"]).action_approve()
        self.assertTrue(version.seal_checksum)
        self.assertEqual(version.sudo()._verify(), [])

    def test_what_lacks_something_meanwhile_is_not_approved(self):
        version = self._draft(self.process)
        version.action_submit()
        self.process.owner_role_id = False
        with self.assertRaisesRegex(UserError, "no owner"):
            version.with_user(self.users["commissioner"]).action_approve()
        self.assertEqual(version.state, "review")

    # === SEALS === #

    def test_approved_versions_outlive_new_codes(self):
        """Codes of roles, units and parties are edited: that is no broken checksum."""
        party = self.env["qms.party"].create({"name": "Firm", "code": "X", "company_id": self.company.id})
        version = self._draft(self.process)
        version.step_ids.department_id = self.unit
        version.flow_ids.party_id = party
        version.action_submit()
        version.with_user(self.users["commissioner"]).action_approve()
        role = version.step_ids.role_id
        other = self._role("R-OTHER")
        role.code, self.unit.qms_code, party.code = "R-9", "U-9", "Y"
        self.env.invalidate_all()
        self.assertEqual(version.sudo()._verify(), [])
        step = version.step_ids[0]
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE qms_process_step SET role_id = %s WHERE id = %s", other.id, step.id))
        self.env.invalidate_all()
        self.assertTrue(version.sudo()._verify(), "another role is still found")

    def test_versions_of_an_earlier_release_are_verified_by_their_own_form(self):
        version = self._approved(self.process).sudo()
        link = self.env["qms.seal"]._append(self.company, version, version._seal_text(schema=1))
        self.assertIn('"role":"R-OWN"', link.content)
        self.assertEqual(version._verify(), [])
        version.step_ids.role_id.code = "R-9"
        self.assertTrue(version._verify(), "what was sealed by code is compared by code")

    def test_versions_of_an_earlier_release_are_sealed_anew_by_an_update(self):
        version, changed = self._approved(self.process).sudo(), self._approved(self._process("P-2")).sudo()
        seals = self.env["qms.seal"]
        for record in (version, changed):
            seals._append(self.company, record, record._seal_text(schema=1))
        changed._transition({"purpose": "Changed behind the chain's back"})
        links = seals.search_count([])
        self.env["qms.frozen.mixin"]._seal_anew()
        self.assertEqual(seals.search_count([]), links + 1, "what differs from its seal is not sealed again")
        self.env["qms.frozen.mixin"]._seal_anew()
        self.assertEqual(seals.search_count([]), links + 1, "once is enough")
        version.step_ids.role_id.code = "R-9"
        self.assertEqual(version._verify(), [])
        self.assertTrue(changed._verify())
        self.assertEqual(seals._verify_chain(self.company), [])
