from datetime import timedelta

from .acknowledgement_common import AcknowledgementCase


class TestQmsCheckAcknowledgement(AcknowledgementCase):
    """The model check names where documents are not read, and which bind nobody."""

    def _hits(self, name):
        check = self.env["qms.check"].with_company(self.company)._get_checks()[name]
        return [(hit.record, str(hit.sentence)) for hit in check.method()]

    def test_late_confirmations_by_unit(self):
        self._in_force(self._document(distribution_ids=self._to_unit()))
        self.assertNotIn(self.unit, [record for record, _text in self._hits("acknowledgement_late")])
        row = self.rows.search([("employee_id", "=", self.clerk.id)])
        row._transition({"date_deadline": self.today - timedelta(days=1)})
        [(record, text)] = self._hits("acknowledgement_late")
        self.assertEqual(record, self.unit)
        self.assertIn("1", text)

    def test_a_document_that_binds_nobody(self):
        lonely, bound = self._document(name="Lonely"), self._document(is_for_all=True)
        secret = self._document(name="Secret", confidentiality="restricted")
        for document in (lonely, bound, secret):
            self._in_force(document)
        self.assertEqual([record for record, _text in self._hits("document_binds_nobody")], [lonely])
