from odoo.exceptions import AccessError, UserError

from .acknowledgement_common import AcknowledgementCase


class TestQmsDocumentLibrary(AcknowledgementCase):
    def _library(self, user=None):
        return self.env["qms.document"].with_user(user or self.clerk_user)

    # === SEARCH === #

    def test_words_in_title_code_text_and_files(self):
        titled = self._document(name="Counter hours")
        texted = self._document(name="Another")
        filed = self._document(name="With file")
        self._in_force(titled, body="<p>x</p>")
        self._in_force(texted, body="<p>Wear the blue badge</p>")
        file = self.env["ir.attachment"].create(
            {"name": "annex.txt", "raw": b"evacuation ladder", "mimetype": "text/plain"}
        )
        draft = self.env["qms.document.version"].create({"document_id": filed.id, "body": "<p>See the annex</p>"})
        draft.attachment_ids = file
        draft.attachment_ids.index_content = "evacuation ladder"
        library = self._library()
        self.assertEqual(library.search([("content", "ilike", "counter hours")]), titled)
        self.assertEqual(library.search([("content", "ilike", titled.code)]), titled)
        self.assertEqual(library.search([("content", "ilike", "blue badge")]), texted)
        self.assertFalse(library.search([("content", "ilike", "evacuation")]), "It is not in force yet.")
        draft._transition({"state": "approved", "date_effective": self.today})
        draft._make_effective()
        self.assertEqual(library.search([("content", "ilike", "evacuation")]), filed)

    def test_the_text_of_a_former_version_is_not_found(self):
        document = self._document()
        self._in_force(document, body="<p>Wear the blue badge</p>")
        self._in_force(document, body="<p>Wear the red badge</p>")
        self.assertFalse(self._library().search([("content", "ilike", "blue badge")]))

    def test_restricted_documents_are_not_found_by_their_text(self):
        secret = self._document(confidentiality="restricted")
        self._in_force(secret, body="<p>The vault opens at nine</p>")
        self.assertFalse(self._library(self.stranger).search([("content", "ilike", "vault")]))
        self.assertEqual(self._library(self.users["commissioner"]).search([("content", "ilike", "vault")]), secret)

    def test_favourites_are_each_reader_s_own(self):
        document = self._document()
        self._in_force(document)
        document.with_user(self.clerk_user).action_favourite()
        self.assertEqual(self._library().search([("is_favourite", "=", True)]), document)
        self.assertFalse(self._library(self.head_user).search([("is_favourite", "=", True)]))
        self.assertNotIn(document, self._library().search([("is_favourite", "=", False)]))
        document.with_user(self.clerk_user).action_favourite()
        self.assertFalse(self._library().search([("is_favourite", "=", True)]))
        with self.assertRaises(AccessError):
            document.with_user(self.clerk_user).write({"favourite_user_ids": [(4, self.head_user.id)]})

    # === APPLIES TO ME === #

    def test_what_applies_to_me_is_what_binds_me(self):
        role = self._role("R-CLERK")
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.clerk.id})
        process = self._process("P-7", owner_role_id=role.id)
        other = self._process("P-8", owner_role_id=self._role("R-OTHER").id)
        mine = (
            self._document(name="Unit", distribution_ids=self._to_unit())
            | self._document(name="Process", process_ids=process.ids)
            | self._document(name="Role", distribution_ids=[(0, 0, {"target": "role", "role_id": role.id})])
            | self._document(name="All", is_for_all=True)
        )
        self._document(name="Other process", process_ids=other.ids)
        self._document(name="Other", distribution_ids=[(0, 0, {"target": "employee", "employee_id": self.head.id})])
        for document in self.env["qms.document"].search([("type_id", "=", self.doc_type.id)]):
            self._in_force(document)
        own = [("type_id", "=", self.doc_type.id), ("is_for_me", "=", True)]
        self.assertEqual(self._library().search(own), mine)
        bound = {key for key, people in mine._bound_people().items() if self.clerk.id in people}
        self.assertEqual(bound, set(mine.ids), "The same by both ways.")
        self.assertFalse(self._library(self.stranger).search(own), "Who is no employee has none.")
        self.assertTrue(mine[0].with_user(self.clerk_user).is_for_me)

    # === READING PAGE === #

    def test_the_page_shows_the_version_in_force_and_its_history(self):
        document = self._document(distribution_ids=self._to_unit())
        first = self._in_force(document)
        second = self._in_force(document, body="<p>Until <b>six</b>.</p>", reason="Longer hours")
        page = document.with_user(self.clerk_user).get_reader()
        self.assertEqual(page["version"]["id"], second.id)
        self.assertIn("<b>six</b>", page["version"]["body"])
        self.assertEqual([version["id"] for version in page["history"]], [second.id, first.id])
        self.assertEqual(page["acknowledgement"]["state"], "open")
        self.assertTrue(self._row(document, self.clerk, "open").date_opened)
        old = document.with_user(self.clerk_user).get_reader(first.id)
        self.assertEqual(old["version"]["state"], "superseded")
        self.assertFalse(old["acknowledgement"], "An old version asks nothing.")

    def test_the_page_leads_to_the_next_one(self):
        documents = [self._document(name=f"Rule {index}", distribution_ids=self._to_unit()) for index in range(2)]
        for document in documents:
            self._in_force(document)
        page = documents[0].with_user(self.clerk_user).get_reader()
        self.assertEqual((page["waiting"], page["next"]["id"]), (1, documents[1].id))
        self._row(documents[0], self.clerk).with_user(self.clerk_user).action_confirm()
        self._row(documents[1], self.clerk).with_user(self.clerk_user).action_confirm()
        page = documents[0].with_user(self.clerk_user).get_reader()
        self.assertEqual((page["waiting"], page["next"]), (0, False))
        self.assertEqual(page["acknowledgement"]["state"], "done")

    def test_the_page_shows_nobody_what_he_may_not_read(self):
        secret = self._document(confidentiality="restricted")
        self._in_force(secret)
        other = self._document()
        version = self._in_force(other)
        with self.assertRaises(AccessError):
            secret.with_user(self.stranger).get_reader()
        with self.assertRaises(UserError):
            other.with_user(self.clerk_user).get_reader(secret.version_id.id)
        draft = self.env["qms.document.version"].create({"document_id": other.id, "body": "<p>Draft</p>"})
        with self.assertRaises(UserError):
            other.with_user(self.clerk_user).get_reader(draft.id)
        self.assertEqual(other.with_user(self.clerk_user).get_reader()["version"]["id"], version.id)
        with self.assertRaises(AccessError):
            self._abroad("qms.document").browse(other.id).get_reader()

    def test_who_is_bound_reads_a_restricted_document(self):
        secret = self._document(confidentiality="restricted", is_for_all=True)
        self._in_force(secret)
        self.assertEqual(secret.with_user(self.clerk_user).get_reader()["acknowledgement"]["state"], "open")
        with self.assertRaises(AccessError):
            secret.with_user(self.stranger).get_reader()

    def test_a_document_without_text_has_a_page(self):
        document = self._document()
        page = document.with_user(self.users["coordinator"]).get_reader()
        self.assertFalse(page["version"])
        self.assertEqual(page["files"], [])

    # === MY DAY === #

    def test_my_day_opens_the_page_and_its_button_a_dialog(self):
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        call = self._calls(self.clerk_user)
        day = self.env["qms.day"].with_user(self.clerk_user)
        line = next(line for part in day.get_day()["sections"] for line in part["lines"] if line["id"] == call.id)
        self.assertEqual(line["verb"], "read")
        self.assertEqual([method for method, _label in line["buttons"]], ["action_day_read"])
        self.assertEqual(day.open_line(call.id)["tag"], "qms_document_reader")
        dialog = day.complete(call.id, "action_day_read")
        self.assertEqual((dialog["tag"], dialog["target"]), ("qms_document_reader", "new"))
        self.assertEqual(dialog["params"]["document_id"], document.id)
        self.assertEqual(self._row(document, self.clerk).state, "open", "To open is not to confirm.")

    def test_my_day_tells_what_applies(self):
        document = self._document(distribution_ids=self._to_unit())
        self._in_force(document)
        answers = self.env["qms.day"].with_user(self.clerk_user).get_answers()
        group = next(group for group in answers["groups"] if group["key"] == "documents")
        self.assertEqual(group["count"], 1)
        action = self.env["qms.day"].with_user(self.clerk_user).open_answers("documents")
        self.assertEqual(action["res_model"], "qms.document")
