from odoo.tests import tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestOfficersOfTheUnit(DocumentCase):
    """Documents of a type are examined by the quality officers of the unit that they belong to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer_user = cls.users["quality_officer"]
        cls.env["qms.document.type.approver"].create(
            {"type_id": cls.form.id, "company_id": cls.company.id, "who": "officer"}
        )

    def test_the_route_begins_with_them(self):
        version = self._document()._new_version({"body": "<p>Look.</p>"})
        self.assertEqual(version.approval_ids.user_id, self.officer_user)
        self._submitted(version)
        self.assertEqual(len(self._calls(self.officer_user, version.approval_ids)), 1)
        version.with_user(self.officer_user)._approve()
        self.assertEqual(version.state, "effective")

    def test_nobody_leaves_them_out(self):
        version = self._version(approval_ids=[(0, 0, {"role_id": self.head_role.id})])
        with self._refused("lacks"):
            version.action_submit()

    def test_an_officer_does_not_examine_his_own(self):
        document = self._document().with_user(self.officer_user)
        self.assertFalse(document._new_version({"body": "<p>Look.</p>"}).approval_ids)
        version = self._version(document, self.officer_user, reason="Own")
        version.action_submit()
        self.assertEqual(version.state, "review")

    def test_who_no_longer_works_here_is_not_asked(self):
        other = self._user("second_officer", "qms_core.group_quality_officer")
        self.unit.qms_officer_ids |= self._employee(other)
        self.officer.departure_date = "2020-01-01"
        self.assertEqual(self._document()._new_version({"body": "<p>x</p>"}).approval_ids.user_id, other)

    def test_units_without_an_officer_have_no_such_place(self):
        self.unit.qms_officer_ids = False
        version = self._version(self._document())
        self._submitted(version)
        self.assertEqual(version.state, "review")
