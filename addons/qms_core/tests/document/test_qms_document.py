from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestQmsDocument(DocumentCase):
    def test_codes_follow_the_rule_of_the_type(self):
        first, second = (self._document(), self._document())
        self.assertEqual((first.code, second.code), ("FORM-001", "FORM-002"))
        old = self._document(code="FORM-017")
        self.assertEqual((old.code, self._document().code), ("FORM-017", "FORM-018"))
        provision = self._document(self.env.ref("qms_core.document_type_unit_provision"))
        self.assertEqual(provision.code, "UNIT-U-1-01")

    def test_a_code_is_given_once(self):
        self._document(code="X-1")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._document(code="X-1")

    def test_rule_without_number_is_refused(self):
        with self.assertRaises(ValidationError):
            self.form.number_pattern = "{type}"
        with self.assertRaises(ValidationError):
            self.form.number_pattern = "{type.env}-{number}"

    def test_policy_and_manual_are_reviewed_each_year(self):
        manual = self.env.ref("qms_core.document_type_manual")
        with self.assertRaises(ValidationError):
            self._document(manual, review_months=24)
        with self.assertRaises(ValidationError):
            manual.review_months = 0
        self.assertEqual(self._document(manual).review_months, 12)

    def test_what_methods_fill_in_is_not_written(self):
        document = self._document()
        version = self._effective(self._version(document))
        other = self._document()
        for vals in (
            {"version_id": version.id},
            {"date_reviewed": "2026-01-01"},
            {"subject_model": "res.users"},
            {"state": "effective"},
        ):
            with self.assertRaises(UserError):
                other.with_user(self.commissioner).write(vals)
        born = self._document(
            version_id=version.id, date_reviewed="2026-01-01", subject_model="res.users", state="effective"
        )
        self.assertFalse(born.version_id or born.date_reviewed or born.subject_model)
        self.assertEqual((born.state, born.kind), ("draft", "form"))

    def test_a_document_can_t_supersede_itself(self):
        first = self._document()
        second = self._document(supersedes_id=first.id)
        third = self._document(supersedes_id=second.id)
        with self.assertRaises(ValidationError):
            first.with_user(self.coordinator).supersedes_id = third
        self.assertFalse(first.supersedes_id)

    def test_what_is_superseded_ends_with_the_new_one(self):
        old = self._document()
        former = self._effective(self._version(old))
        new = self._document(supersedes_id=old.id)
        version = self._submitted(self._version(new))
        self.assertEqual(old.state, "effective")
        version.with_user(self.head_user)._approve()
        version.with_user(self.commissioner)._approve()
        self.assertEqual((old.state, former.state, new.state), ("withdrawn", "withdrawn", "effective"))

    def test_withdrawn_documents_are_not_linked_as_valid(self):
        old = self._document()
        version = self._effective(self._version(old))
        linked = self._document(related_ids=[(6, 0, old.ids)])
        version.with_user(self.commissioner).action_withdraw("Needed no more")
        self.assertEqual(old.state, "withdrawn")
        with self.assertRaises(ValidationError):
            self._document(related_ids=[(6, 0, old.ids)])
        with self.assertRaises(ValidationError):
            self._document().with_user(self.coordinator).related_ids = old
        linked.with_user(self.coordinator).name = "What was linked before stays, flagged by its state"
        with self._refused("no longer in force", ValidationError):
            self.env["qms.record.type"].create(
                {"code": "T-9", "name": "Log", "company_id": self.company.id, "form_id": old.id}
            )

    def test_only_public_documents_are_published(self):
        with self.assertRaises(ValidationError):
            self._document(is_published=True)
        self.assertTrue(self._document(is_published=True, confidentiality="public"))

    def test_restricted_documents_are_for_those_named(self):
        document = self._document(confidentiality="restricted")
        version = self._effective(self._version(document))
        # The head's unit owns the document, the commissioner approved it; the clerk was told nothing.
        clerk = self.env["qms.document"].with_user(self.clerk_user)
        self.assertFalse(clerk.search([("id", "=", document.id)]))
        with self.assertRaises(AccessError):
            version.with_user(self.clerk_user).read(["body"])
        self.assertTrue(document.with_user(self.head_user).read(["name"]))
        self.env["qms.document.distribution"].with_user(self.coordinator).create(
            {"document_id": document.id, "target": "employee", "employee_id": self.clerk.id}
        )
        self.assertTrue(clerk.search([("id", "=", document.id)]))
        self.assertIn("Look at", version.with_user(self.clerk_user).read(["body"])[0]["body"])

    def test_who_keeps_documents(self):
        document = self._document()
        for user in (self.clerk_user, self.users["auditor"], self.users["top_management"]):
            with self.assertRaises(AccessError):
                document.with_user(user).write({"name": "x"})
        document.with_user(self.users["quality_officer"]).name = "The unit's officer keeps its documents"
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        foreign = self._document(department_id=elsewhere.id)
        with self.assertRaises(AccessError):
            foreign.with_user(self.users["quality_officer"]).write({"name": "x"})

    def test_what_is_in_force_is_not_put_away(self):
        document = self._document()
        version = self._effective(self._version(document))
        with self.assertRaises(UserError):
            document.with_user(self.coordinator).active = False
        with self.assertRaises(UserError):
            document.with_user(self.coordinator).company_id = self.other_company
        with self.assertRaises(ValidationError):
            document.with_user(self.coordinator).type_id = self.external
        version.with_user(self.commissioner).action_withdraw("Old")
        document.with_user(self.coordinator).active = False

    def test_common_types_stay_where_others_use_them(self):
        kind = self.env["qms.document.type"].create({"name": "Common", "code": "COMMON", "level": 3})
        kind.with_user(self.coordinator).review_months = 36
        self._abroad("qms.document").create({"name": "Theirs", "type_id": kind.id, "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            kind.with_user(self.coordinator).review_months = 12

    def test_another_authority_sees_nothing(self):
        document = self._document(confidentiality="public")
        self._effective(self._version(document))
        self.assertFalse(self._abroad("qms.document").search([("id", "=", document.id)]))
        self.assertFalse(self._abroad("qms.document.version").search([("document_id", "=", document.id)]))

    def test_decided_documents_are_not_deleted(self):
        document = self._document()
        draft = self._version(document)
        document.unlink()
        self.assertFalse(draft.exists())
        document = self._document()
        self._submitted(self._version(document))
        with self.assertRaises(UserError):
            document.with_user(self.commissioner).unlink()


@tagged("post_install", "-at_install")
class TestLegalBasis(DocumentCase):
    @freeze_time("2026-05-10")
    def test_an_act_that_lapses_flags_what_rests_on_it(self):
        act = self._document(self.external, name="Law", valid_from="2020-01-01", valid_to="2026-05-20")
        document = self._document(legal_basis_ids=[(6, 0, act.ids)])
        self._effective(self._version(document))
        self.assertEqual((act.state, document.has_lapsed_basis), ("effective", False))
        with freeze_time("2026-05-21"):
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual((act.state, document.has_lapsed_basis), ("withdrawn", True))
            self.assertEqual(len(self._calls(self.head_user, document)), 1)
            # The cron runs each hour; the owner is told once.
            self.env["qms.document.version"]._cron_effective()
            self.assertEqual(len(self._calls(self.head_user, document)), 1)
            with self._refused("no longer in force", ValidationError):
                self._document(legal_basis_ids=[(6, 0, act.ids)])

    def test_a_version_that_rests_on_a_lapsed_act_is_not_submitted(self):
        act = self._document(self.external, name="Law")
        version = self._version(self._document(legal_basis_ids=[(6, 0, act.ids)]))
        act.with_user(self.coordinator).valid_to = "2020-01-01"
        with self._refused("no longer holds"):
            version.action_submit()
        self.assertEqual(version.state, "draft")

    def test_an_act_that_is_still_to_come(self):
        act = self._document(self.external, name="Law", valid_from="2999-01-01")
        self.assertEqual(act.state, "draft")

    def test_only_external_acts_are_a_basis(self):
        with self.assertRaises(ValidationError):
            self._document(legal_basis_ids=[(6, 0, self._document().ids)])


@tagged("post_install", "-at_install")
class TestDistribution(DocumentCase):
    def _row(self, document, **vals):
        return (
            self.env["qms.document.distribution"]
            .with_user(self.coordinator)
            .create({"document_id": document.id, "target": "unit", "department_id": self.unit.id, **vals})
        )

    def test_a_line_says_who(self):
        with self.assertRaises(ValidationError):
            self._row(self._document(), target="role")

    def test_copies_are_numbered_and_exchanged(self):
        document = self._document()
        with self.assertRaises(UserError):
            self._row(document).action_issue()
        first = self._effective(self._version(document))
        one, two = (self._row(document), self._row(document, copy_number=7))
        action = (one | two).action_issue()
        self.assertEqual((one.copy_number, two.copy_number, action), (8, 7, False))
        self.assertEqual((one.version_id, one.is_outdated), (first, False))
        self._effective(self._version(document, reason="New"))
        self.assertTrue(one.is_outdated)
        self.assertEqual(len(self._calls(self.head_user, document)), 1)
        outdated = self.env["qms.document.distribution"].search([("is_outdated", "=", True)])
        self.assertLessEqual(one | two, outdated)
        one.action_returned()
        self.assertFalse(one.is_outdated)
        two.action_issue()
        self.assertFalse(self._calls(self.head_user, document))
        with self.assertRaises(UserError):
            one.action_returned()

    def test_only_keepers_hand_out(self):
        document = self._document()
        self._effective(self._version(document))
        row = self._row(document)
        with self.assertRaises(AccessError):
            row.with_user(self.clerk_user).action_issue()
