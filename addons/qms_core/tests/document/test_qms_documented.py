from odoo.tests import tagged

from .generate_common import GenerateCase


@tagged("post_install", "-at_install")
class TestDocumented(GenerateCase):
    """From a process or a service one gets to its documents."""

    def _shown(self, record, user):
        record = record.with_user(user)
        action = record.action_view_documents()
        found = self.env["qms.document"].with_user(user).search(action["domain"])
        record.invalidate_recordset(["related_document_count"])
        self.assertEqual(record.related_document_count, len(found))
        return found

    def test_named_and_made_ones_are_shown(self):
        named = self._document(process_ids=[(6, 0, self.process.ids)])
        self._document(name="About nothing")
        made = self._generated("process_passport", self.process)
        self.assertEqual(self._shown(self.process, self.coordinator), named | made)
        card = self._generated("service_card", self.service)
        both = self._document(service_ids=[(6, 0, self.service.ids)], process_ids=[(6, 0, self.process.ids)])
        self.assertEqual(self._shown(self.service, self.coordinator), card | both)

    def test_restricted_ones_are_neither_shown_nor_counted(self):
        self._document(process_ids=[(6, 0, self.process.ids)], confidentiality="restricted")
        self.assertFalse(self._shown(self.process, self.clerk_user))

    def test_a_document_begun_there_is_about_it(self):
        context = self.service.with_user(self.coordinator).action_view_documents()["context"]
        documents = self.env["qms.document"].with_user(self.coordinator).with_context(**context)
        document = documents.create({"name": "Begun there", "type_id": self.form.id, "company_id": self.company.id})
        self.assertEqual(document.service_ids, self.service)
