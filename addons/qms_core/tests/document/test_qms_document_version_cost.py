from odoo.tests import tagged

from .document_common import DocumentCase

# Of an approval that puts a first version in force, printing apart: with what the form has read already, and with
# nothing read at all.
MOST_QUERIES, MOST_QUERIES_COLD = 20, 26


@tagged("post_install", "-at_install")
class TestApprovalCost(DocumentCase):
    """What one approval asks of the database."""

    def test_the_last_approval_takes_few_queries(self):
        self.patch(type(self.env["qms.document.version"]), "_store_pdf", lambda version: None)
        self._approval_cost(cold=True)  # fills what Odoo keeps between requests
        self.assertLessEqual(self._approval_cost(cold=True), MOST_QUERIES_COLD)
        self.assertLessEqual(self._approval_cost(cold=False), MOST_QUERIES)

    def _approval_cost(self, cold):
        lines = [(0, 0, {"sequence": 10, "role_id": self.head_role.id})]
        version = self._submitted(self._version(approval_ids=lines)).with_user(self.head_user)
        self.env.flush_all()
        if cold:
            self.env.invalidate_all()
        before = self.cr.sql_log_count
        version._approve()
        self.env.flush_all()
        cost = self.cr.sql_log_count - before
        self.assertEqual(version.state, "effective")
        return cost

    def test_documents_made_at_once_share_their_queries(self):
        def made(count):
            documents = self.env["qms.document"].with_user(self.coordinator)
            before = self.cr.sql_log_count
            records = documents.create(
                [
                    {
                        "name": f"Form {number}",
                        "type_id": self.form.id,
                        "company_id": self.company.id,
                        "department_id": self.unit.id,
                    }
                    for number in range(count)
                ]
            )
            self.env["qms.document.version"].with_user(self.coordinator).create(
                [{"document_id": record.id, "body": "<p>Text</p>"} for record in records]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        made(2)
        self.assertLessEqual(made(40) - made(10), 30)
