from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .document_common import DocumentCase


class TestQmsDocumentStep(DocumentCase):
    """A document is about a step, in whatever version of the process."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process()
        cls.first = cls._approved(cls.process)
        cls.step = cls.first.step_ids[1]
        cls.document = cls._document()

    def _next(self, **changes):
        """The next version of the process in force; ``changes`` are made to its copy of the linked step."""
        version = self.process.with_user(self.coordinator)._new_version()
        version.reason = "It goes otherwise"
        step = version.step_ids.filtered(lambda step: step.key == self.step.key)
        if changes:
            step.write(changes)
        else:
            version.transition_ids.unlink()
            step.unlink()
        version.action_submit()
        version.with_user(self.commissioner).action_approve()
        return version.with_env(self.env)

    def _link(self, document=None, user=None):
        links = self.env["qms.document.step"].with_user(user or self.coordinator)
        return links.create({"document_id": (document or self.document).id, "step_id": self.step.id})

    def test_the_link_stays_over_versions_of_the_process(self):
        link = self._link()
        self.assertEqual((link.process_id, link.step_key, link.step_id), (self.process, self.step.key, self.step))
        version = self._next(name="Decide twice")
        self.env.invalidate_all()
        self.assertEqual((link.step_id.version_id, link.step_id.name), (version, "Decide twice"))
        self.assertFalse(link.is_gone)
        self.assertEqual(link.step_id.document_ids, self.document)

    def test_a_step_that_is_gone_is_told(self):
        link = self._link()
        name = self.step.name
        self._next()
        self.env.invalidate_all()
        self.assertTrue(link.is_gone)
        self.assertFalse(link.step_id)
        self.assertEqual(link.display_name, f"{self.process.code}: {name}")

    def test_it_is_linked_in_the_form_of_the_document(self):
        document = self.document.with_user(self.coordinator)
        document.write({"step_link_ids": [(0, 0, {"process_id": self.process.id, "step_id": self.step.id})]})
        link = document.step_link_ids
        self.assertEqual((link.step_key, link.step_label), (self.step.key, self.step.name))
        document.write({"step_link_ids": [(1, link.id, {"step_id": self.first.step_ids[0].id})]})
        self.assertEqual((link.step_id, link.step_label), (self.first.step_ids[0], self.first.step_ids[0].name))
        # While the line is filled in, another process empties the step.
        line = link.new({"process_id": self._process("P-3").id}, origin=link)
        self.assertFalse(line.step_id)

    def test_a_line_names_a_step_once(self):
        links = self.env["qms.document.step"].with_user(self.coordinator)
        with self.assertRaisesRegex(ValidationError, "Choose the step"), self.cr.savepoint():
            links.create({"document_id": self.document.id, "process_id": self.process.id})
        link = self._link()
        with self.assertRaisesRegex(ValidationError, "Choose the step"), self.cr.savepoint():
            link.process_id = self._process("P-2")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._link()

    def test_the_map_shows_where_documents_are(self):
        before = self.first.map_html
        self._link()
        self.env.invalidate_all()
        drawn = self.first.map_html
        self.assertNotIn(self.document.name, before)
        self.assertIn(f"Documents: {self.document.display_name}", drawn)
        withdrawn = self._effective(self._version(self.document))
        withdrawn.with_user(self.commissioner).action_withdraw("Out of use")
        self.env.invalidate_all()
        self.assertNotIn(self.document.name, self.first.map_html)

    def test_restricted_documents_are_shown_to_those_they_are_for(self):
        secret = self._document(name="Keys of the safe", confidentiality="restricted")
        self._link(secret)
        for user, shown in ((self.coordinator, True), (self.head_user, True), (self.stranger, False)):
            with self.subTest(user.login):
                self.env.invalidate_all()
                # The process shows the map of its version as superuser.
                process = self.process.with_user(user)
                self.assertEqual("Keys of the safe" in str(process.map_html), shown)
                self.assertEqual(secret in process.version_id.step_ids.document_ids, shown)
                found = self.env["qms.document.step"].with_user(user).search([("document_id", "=", secret.id)])
                self.assertEqual(bool(found), shown)

    def test_who_keeps_the_document_links_it(self):
        with self.assertRaises(AccessError):
            self._link(user=self.clerk_user)
        self._link(user=self.users["quality_officer"])
        other = self._document(department_id=False)
        with self.assertRaises(AccessError):
            self._link(other, user=self.users["quality_officer"])

    def test_who_performs_the_step_is_bound(self):
        role = self._held("R-STEP", self.clerk)
        self._link()
        self.assertNotIn(self.clerk, self.document._bound_employees())
        self._next(role_id=role.id)
        self.env.invalidate_all()
        self.assertIn(self.clerk, self.document._bound_employees())
        mine = self.env["qms.document"].with_user(self.clerk_user).search([("is_for_me", "=", True)])
        self.assertIn(self.document, mine)
