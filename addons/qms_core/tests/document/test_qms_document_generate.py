from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from .generate_common import GenerateCase


class TestGenerate(GenerateCase):
    def test_passport_says_what_the_model_says(self):
        [document] = self._generated("process_passport", self.process)
        version = self._first(document)
        self.assertEqual(document.name, "Process passport: Registration")
        self.assertEqual((document.subject_model, document.subject_id), ("qms.process", self.process.id))
        self.assertEqual((document.department_id, document.process_ids), (self.unit, self.process))
        self.assertEqual((version.state, version.lang, version.author_id), ("draft", "en_US", self.coordinator))
        for text in ("Take in", "Decide", "To serve", "Application"):
            self.assertIn(text, version.body)

    def test_values_of_the_model_are_text(self):
        [document] = self._generated("service_card", self.service)
        body = self._first(document).body
        self.assertIn("Residence &lt;entry&gt;", self._first(self._generated("service_regulation", self.service)).body)
        self.assertIn("Law 2", body)
        self.assertEqual(document.confidentiality, "public")

    def test_job_description_has_what_the_processes_ask(self):
        self.env["qms.duty"].create({"role_id": self.performer.id, "text": "Keeps the register"})
        [document] = self._generated("job_description", self.performer)
        body = self._first(document).body
        for text in ("Keeps the register", "Take in", "P-1 Registration", "conflict of interest", "quality policy"):
            self.assertIn(text, body)

    def test_unit_provision_and_technology(self):
        unit = self._first(self._generated("unit_provision", self.unit)).body
        self.assertIn("Registration", unit)
        self.assertIn("Service Centre", unit)
        self.assertIn("Take in", self._first(self._generated("technological_card", self.service)).body)

    def test_manual_tells_what_is_not_applied_and_why(self):
        standard = self.env["qms.standard"].create({"name": "Quality", "code": "ISO9001-2015"})
        clauses = self.env["qms.requirement"].create(
            [
                {
                    "standard_id": standard.id,
                    "clause": "8.3",
                    "name": "Design",
                    "applicable": False,
                    "reason": "No own",
                },
                {"standard_id": standard.id, "clause": "8.5", "name": "Giving", "process_ids": self.process.ids},
            ]
        )
        self.assertEqual(len(clauses), 2)
        body = self._first(self._generated("quality_manual", self.company)).body
        for text in ("No own", "Annex 1.", "Annex 5.", "P-1", "Registration"):
            self.assertIn(text, body)

    def test_list_names_no_restricted_document(self):
        for name, confidentiality in (("Known", "internal"), ("Hidden", "restricted")):
            self._effective(self._version(self._document(name=name, confidentiality=confidentiality)))
        version = self._first(self._generated("document_list", self.company))
        self.assertIn("Known", version.body)
        self.assertNotIn("Hidden", f"{version.body} {version.source}")

    def test_clause_tells_of_a_restricted_document_its_type_only(self):
        standard = self.env["qms.standard"].create({"name": "Quality", "code": "ISO9001-2015"})
        clause = self.env["qms.requirement"].create({"standard_id": standard.id, "clause": "7.5", "name": "Papers"})
        document = self._document(name="Hidden", confidentiality="restricted", requirement_ids=[(6, 0, clause.ids)])
        self._effective(self._version(document))
        body = self._first(self._generated("quality_manual", self.company)).body
        self.assertNotIn("Hidden", body)
        self.assertEqual((clause.coverage, clause.answered_by), ("answered", self.form.name))

    def test_policy_that_lists_documents_is_not_created_public(self):
        self.assertEqual(self._generated("service_card", self.service).confidentiality, "public")
        template = self._template("quality_policy")
        own = template.browse(template.action_adapt()["res_id"])
        own.write({"section_ids": [(0, 0, {"title": "Documents", "block": "documents"})]})
        self.assertEqual(self._generated("quality_policy", self.company).confidentiality, "internal")

    def test_job_description_names_no_people_who_stand_in(self):
        deputy = self.env["hr.employee"].create({"name": "Petro Deputy", "company_id": self.company.id})
        self.env["qms.role.holder"].create({"role_id": self.performer.id, "employee_id": deputy.id, "kind": "deputy"})
        self.assertNotIn("Petro", self._first(self._generated("job_description", self.performer)).body)

    def test_order_names_the_commissioner_and_the_officers(self):
        body = self._first(self._generated("appointment_order", self.company)).body
        self.assertIn(self.officer.name, body)
        self.assertIn(self.chief.name, body)

    def test_second_call_makes_nothing(self):
        self.assertEqual(len(self._generated("process_passport", self.process)), 1)
        self.assertFalse(self._generated("process_passport", self.process))
        self.assertEqual(len(self._generated("service_regulation", self.service)), 1)

    def test_sources_are_remembered(self):
        version = self._first(self._generated("process_passport", self.process))
        models = {row[0] for row in version.source}
        self.assertLessEqual({"qms.document.template", "qms.process", "qms.process.version"}, models)
        self.assertIn([self.process.id], [[row[1]] for row in version.source if row[0] == "qms.process"])
        self.assertIn("P-1 Registration", version.source_html)

    def test_nothing_changed_nothing_drafted(self):
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        self.assertFalse(document._generate())
        self.assertEqual(len(document.version_ids), 1)

    def test_next_version_says_what_changed(self):
        document = self._generated("process_passport", self.process)
        first = self._in_force(document)
        self._renamed_step()
        [draft] = document._generate()
        self.assertEqual((draft.number, draft.state, draft.based_on_id), (2, "draft", first))
        self.assertIn("Welcome the applicant", draft.body)
        self.assertIn("<del>Take</del><ins>Welcome</ins>", draft.change_html)
        self.assertIn("P-1 Registration", draft.reason)
        self.assertFalse(document._generate() - draft)

    def test_open_draft_takes_the_new_text(self):
        document = self._generated("process_passport", self.process)
        version = self._first(document)
        self._renamed_step()
        self.assertEqual(document._generate(), version)
        self.assertIn("Welcome the applicant", version.body)
        self.assertEqual(len(document.version_ids), 1)

    def test_edited_draft_and_review_are_left_alone(self):
        document = self._generated("process_passport", self.process)
        version = self._first(document)
        version.body += Markup("<p>By hand</p>")
        self._renamed_step()
        self.assertFalse(document._generate())
        self.assertIn("By hand", version.body)
        version.body = Markup(str(version.body).replace("<p>By hand</p>", ""))
        version.approval_ids.unlink()
        version.approval_ids = [(0, 0, {"sequence": 10, "role_id": self.head_role.id})]
        version.action_submit()
        self.assertFalse(document._generate())
        self.assertEqual(version.state, "review")

    def test_cosmetic_change_of_the_draft_is_no_edit(self):
        """What the editor makes of the HTML, without a changed word, keeps the draft ours."""
        version = self._first(self._generated("process_passport", self.process))
        version.body = Markup("<div class='x'>%s</div>") % version.body
        self.assertTrue(version._is_as_made())

    def test_only_who_may_makes_documents(self):
        template = self._template("process_passport")
        for user in (self.clerk_user, self.users["auditor"], self.users["top_management"]):
            with self.assertRaisesRegex(AccessError, "quality officers, the coordinator"):
                self.env["qms.document"].with_user(user)._make(template, self.process)
            with self.assertRaises(AccessError):
                self.env["qms.document"].with_user(user).action_draft_next()

    def test_nobody_types_in_what_the_making_fills_in(self):
        document = self._generated("process_passport", self.process)
        version = self._first(document)
        template = self._template("service_card")
        for vals in ({"template_id": template.id}, {"is_outdated": True}, {"outdated_difference": "x"}):
            with self.assertRaisesRegex(UserError, "filled in when documents are made"):
                document.write(vals)
        for vals in ({"source": []}, {"source_digest": "x"}, {"body_digest": "x"}, {"change_html": "x"}):
            with self.assertRaisesRegex(UserError, "filled in by the record's buttons"):
                version.write(vals)
        forged = self.documents.create(
            {"name": "X", "type_id": self.form.id, "template_id": template.id, "is_outdated": True}
        )
        self.assertFalse(forged.template_id or forged.is_outdated)

    def test_subject_of_another_authority_is_refused(self):
        abroad = self.env["qms.process"].create(
            {"name": "Theirs", "code": "X-1", "company_id": self.other_company.id, "department_id": False}
        )
        with self.assertRaises(AccessError):
            self.documents._make(self._template("process_passport"), abroad.with_user(self.coordinator))

    def test_queries_do_not_grow_with_the_number_of_documents(self):
        processes = self.env["qms.process"].concat(*(self._process(f"Q-{number}") for number in range(12)))
        for process in processes:
            self._approved(process)
        provider = self.env["qms.document.provider"]

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            provider._collect("process", records, "en_US")
            return self.env.cr.sql_log_count - before

        queries(processes)
        self.assertLessEqual(queries(processes), queries(processes[:2]) + 2)

    @users("qms_coordinator")
    def test_dialog_makes_what_was_marked(self):
        dialog = self.env["qms.document.make"].with_context(active_model="qms.process", active_ids=self.process.ids)
        wizard = dialog.create({"lang": "en_US", "template_ids": self._template("process_passport").ids})
        self.assertEqual(wizard.offered_ids.mapped("provider"), ["process"] * len(wizard.offered_ids))
        made = self.env["qms.document"].search(wizard.action_make()["domain"])
        self.assertEqual(made.mapped("subject_id"), self.process.ids)
        with self.assertRaisesRegex(UserError, "there already"):
            wizard.action_make()

    @users("qms_coordinator")
    def test_dialog_without_a_choice_says_so(self):
        wizard = self.env["qms.document.make"].create({"lang": "en_US"})
        with self.assertRaisesRegex(UserError, "Choose the kinds"):
            wizard.action_make()

    def test_regulation_without_request_is_for_functions_only(self):
        self.process.nature = "service"
        template = self._template("function_regulation")
        self.assertFalse(template._fitting(self.process))
        self.process.nature = "function"
        self.assertTrue(template._fitting(self.process))
