from odoo.exceptions import AccessError

from .acknowledgement_common import AcknowledgementCase


class TestQmsAcknowledgementRestricted(AcknowledgementCase):
    """Restricted documents are for those they bind, as long as they bind them; nobody else reads their titles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._document(
            name="Keys of the vault",
            confidentiality="restricted",
            distribution_ids=[(0, 0, {"target": "employee", "employee_id": cls.clerk.id})],
        )
        cls.version = cls._in_force(cls.document)

    def _sees(self, user):
        self.env.invalidate_all()
        return self.env["qms.document"].with_user(user).search([("id", "=", self.document.id)]) == self.document

    # === AS LONG AS IT BINDS === #

    def test_who_confirmed_and_moved_reads_no_later_version(self):
        row = self._row(self.document, self.clerk)
        self.assertTrue(self._sees(self.clerk_user))
        row.with_user(self.clerk_user).action_confirm()
        self.document.distribution_ids.employee_id = self.officer
        self._night()
        self.assertTrue(self._sees(self.clerk_user), "What he confirmed is in force.")
        second = self._in_force(self.document, body="<p>The vault opens at nine.</p>")
        self.assertEqual(row.state, "done")
        self.assertFalse(self._sees(self.clerk_user))
        self.assertFalse(second.with_user(self.clerk_user).has_access("read"))

    def test_who_is_no_longer_the_target_reads_it_no_more(self):
        line = self.document.distribution_ids
        archive = self.env["hr.department"].create({"name": "Archive", "company_id": self.company.id})
        line.write({"target": "unit", "department_id": archive.id})
        self._night()
        self.assertFalse(line.employee_id)
        self.assertFalse(self._sees(self.clerk_user))

    def test_a_hidden_column_gives_it_to_nobody(self):
        line = self.document.distribution_ids
        line.write({"target": "unit", "department_id": self.env["hr.department"].create({"name": "Archive"}).id})
        self._night()
        self.env.cr.execute(
            "UPDATE qms_document_distribution SET employee_id = %s WHERE id = %s", [self.clerk.id, line.id]
        )
        self.assertFalse(self._sees(self.clerk_user))

    # === TITLES === #

    def test_heads_and_human_resources_read_no_title_in_calls(self):
        self._in_force(self._document(name="Counter hours", distribution_ids=self._to_unit()))
        reading = self._row(self.document, self.clerk).reading_id
        self.assertIn("Counter hours", reading.name)
        self.assertNotIn("vault", reading.name)
        self.assertNotIn("vault", self._calls(self.clerk_user).res_name)
        self.document.confidentiality = "internal"
        self.assertIn("vault", reading.name)
        self.document.confidentiality = "restricted"
        self.assertNotIn("vault", reading.name)
        self.assertNotIn("vault", self._calls(self.clerk_user).res_name)

    def test_a_call_to_restricted_documents_alone_has_a_name_all_the_same(self):
        self.assertEqual(self._calls(self.clerk_user).res_name, "Documents to read")

    def test_only_who_may_see_the_document_reads_its_rows(self):
        row = self._row(self.document, self.clerk)
        for user in (self.head_user, self.users["hr"], self.users["quality_officer"]):
            with self.subTest(user=user.login):
                self.assertFalse(self.rows.with_user(user).search([("document_id", "=", self.document.id)]))
                self.assertNotIn("vault", row.with_user(user).sudo().display_name)
        for user in (self.clerk_user, self.users["coordinator"], self.users["commissioner"]):
            with self.subTest(user=user.login):
                own = self.rows.with_user(user).search([("document_id", "=", self.document.id)])
                self.assertEqual(own, row)
                self.assertIn("vault", own.display_name)

    def test_of_other_documents_heads_and_human_resources_read_the_rows(self):
        document = self._document(name="Counter hours", distribution_ids=self._to_unit())
        self._in_force(document)
        for user in (self.head_user, self.users["hr"], self.users["quality_officer"]):
            with self.subTest(user=user.login):
                self.assertEqual(self.rows.with_user(user).search_count([("document_id", "=", document.id)]), 3)

    def test_who_has_the_sheet_signed_keeps_it(self):
        cook = self._person("Cook")
        self.document.distribution_ids = [(0, 0, {"target": "employee", "employee_id": cook.id})]
        self._night()
        keeper = self.users["quality_officer"]
        row = self._row(self.document, cook).with_user(keeper)
        sheet = self.env["qms.acknowledgement.sheet"].with_user(keeper).browse(row.action_make_sheets()["res_id"])
        self.assertEqual(sheet.line_ids.mapped("person_name"), ["Cook"])
        self.env.invalidate_all()
        self.assertFalse(sheet.with_user(self.users["hr"]).has_access("read"))
        self.assertFalse(sheet.line_ids.with_user(self.users["hr"]).has_access("read"))

    def test_a_comparison_tells_no_title(self):
        wizards = self.env["qms.document.compare"].with_user(self.head_user)
        with self.assertRaises(AccessError):
            wizards.create({"version_id": self.version.id})
        public = self._in_force(self._document(name="Counter hours"))
        own = wizards.create({"version_id": public.id})
        with self.assertRaises(AccessError):
            own.write({"other_id": self.version.id})
        fields_spec = {"version_id": {}, "other_id": {"fields": {"display_name": {}}}}
        second = self._in_force(self.document, body="<p>At nine.</p>")
        with self.assertRaises(AccessError):
            wizards.onchange({"version_id": second.id}, ["version_id"], fields_spec)

    def test_a_proposal_tells_no_title(self):
        proposals = self.env["qms.document.proposal"].with_user(self.head_user)
        vals = {"paragraph": "1", "proposal": "x"}
        with self.assertRaises(AccessError):
            proposals.create({**vals, "document_id": self.document.id})
        public = self._document(name="Counter hours")
        self._in_force(public)
        own = proposals.create({**vals, "document_id": public.id})
        with self.assertRaises(AccessError):
            own.write({"document_id": self.document.id})
