import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PrivacyCase


@tagged("post_install", "-at_install")
class TestFeedbackPrivacyRequest(PrivacyCase):
    def setUp(self):
        super().setUp()
        self.appeal, self.rating = self._appeal(), self._contacted()
        self.other = self._appeal(author_name="Petro", author_contact="petro@example.org", text="Mine")

    # === EXPORT === #

    def test_what_is_kept_is_told(self):
        self.appeal._transition({"evidence": "Internal note", "state": "withdrawn"})
        request = self._request("export")
        self.assertIn("Appeal: 1", request.found)
        self.assertIn("/archive?download=true", request.action_download()["url"])
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(request.archive))) as archive:
            data = json.loads(archive.read("data.json"))
            names = archive.namelist()
        told = json.dumps(data)
        for text in (self.appeal.number, "Olena Koval", "Garden street 1", "067 123 45 67", "Fine"):
            self.assertIn(text, told)
        self.assertIn(f"files/{self.appeal.number}/letter.pdf", names)
        self.assertIn(f"files/{self.appeal.number}/photo.png", names)
        for foreign in ("Petro", "petro@example.org", "Mine", "Internal note", self.appeal.author_key):
            self.assertNotIn(foreign, told)
        self.assertEqual(self._log().mapped("kind"), ["export"])

    def test_the_contact_is_forgotten_when_the_person_was_told(self):
        request = self._request("export")
        request.action_answer()
        self.assertEqual((request.state, request.contact, request.archive), ("done", False, False))
        self.assertEqual(self.appeal.author_name, "Olena Koval")

    def test_a_phone_number_however_it_is_written(self):
        appeal = self._appeal(author_contact="+380 (67) 111-22-33")
        request = self._request("export", "067 1112233")
        self.assertEqual(request._find(), {"feedback.appeal": appeal})

    def test_a_contact_among_other_words(self):
        rating = self._contacted(contact="Olha, 067 999-88-77 or olha@example.net")
        for contact in ("olha@example.net", "+380 67 999 88 77"):
            with self.subTest(contact=contact):
                self.assertEqual(self._request("export", contact)._find(), {"feedback.rating": rating})
        with self.assertRaises(UserError):
            self._request("export", "a@example.net").action_download()

    def test_nothing_is_kept(self):
        request = self._request("export", "nobody@example.org")
        with self.assertRaises(UserError):
            request.action_download()
        with self.assertRaises(UserError):
            self._request("erasure", "nobody@example.org").action_propose()

    # === REMOVAL === #

    def test_removal_by_two_people(self):
        request = self._request()
        with self.assertRaises(UserError):
            request.action_erase()
        request.action_propose()
        with self.assertRaises(AccessError):
            request.action_erase()
        self.assertEqual(self.appeal.author_name, "Olena Koval")
        request.with_user(self.second_manager).action_erase()
        self._assert_forgotten(self.appeal)
        self.assertFalse(self.rating.contact or self.rating.comment)
        self.assertEqual(self.rating.score, 4)
        self.assertEqual(self.other.author_name, "Petro")
        self.assertEqual((request.state, request.contact, request.removed_count), ("done", False, 2))
        log = self._log()
        self.assertEqual((log.kind, log.request_id, log.user_id), ("erasure", request, self.second_manager))
        for secret in ("Koval", "olena", "Garden"):
            self.assertNotIn(secret, str(log.read()) + str(request.read()))

    def test_mails_that_never_left_keep_no_address(self):
        appeal = self._appeal(closed=False)
        appeal.with_user(self.operator).action_write_author("A mechanic comes.")
        mails = self.env["mail.mail"].sudo().search([("email_to", "=", "olena@example.org")])
        self.assertTrue(mails)
        appeal._transition({"state": "withdrawn", "date_closed": self.company._qms_today()})
        request = self._request()
        request.action_propose()
        request.with_user(self.second_manager).action_erase()
        self.assertFalse(mails.exists())

    def test_who_gave_neither_address_nor_number_is_found_by_his_appeals(self):
        unreachable = self._appeal(author_contact=False)
        request = (
            self.env["feedback.privacy.request"]
            .with_user(self.manager)
            .create({"kind": "erasure", "appeal_ids": [(4, unreachable.id)], "identity_check": "Passport, address."})
        )
        self.assertIn("Appeal: 1", request.found)
        request.action_propose()
        with self.assertRaises(UserError):
            request.with_user(self.second_manager).write({"appeal_ids": [(4, self.other.id)]})
        request.with_user(self.second_manager).action_erase()
        self._assert_forgotten(unreachable)
        self.assertEqual((self.appeal.author_name, self.other.author_name), ("Olena Koval", "Petro"))
        self.assertEqual((request.removed_count, request.sudo().appeal_ids.ids), (1, []), "whose it was is forgotten")

    def test_an_export_opens_no_appeal_that_the_manager_may_not_read(self):
        self.rating.sudo()._anonymise(on_request=True)
        confidential = self._appeal(text="He took money.", closed=False)
        confidential.with_user(self.operator).action_hand_over_corruption()
        self.appeal._transition({"state": "withdrawn", "about_employee_id": self._employee(self.manager).id})
        self.env.flush_all()
        request = self._request("export")
        self.assertEqual(set(request._find()["feedback.appeal"]), {confidential, self.appeal})
        self.assertFalse(request._told())
        with self.assertRaises(UserError):
            request.action_download()
        self.assertEqual(request.found, "Nothing.")
        self.assertFalse(request.archive)

    def _naming(self, appeal):
        return (
            self.env["feedback.privacy.request"]
            .with_user(self.manager)
            .create({"kind": "export", "appeal_ids": [(4, appeal.id)], "identity_check": "Seen"})
        )

    def test_naming_an_appeal_opens_no_confidential_one(self):
        appeal = self._appeal(author_contact=False, closed=False)
        request = self._naming(appeal)
        self.assertEqual(request._told(), {"feedback.appeal": appeal})
        appeal.with_user(self.operator).action_hand_over_corruption()
        self.env.invalidate_all()
        self.assertFalse(request._find())
        with self.assertRaises(UserError):
            request.action_download()
        with self.assertRaises(AccessError):
            self._naming(appeal)

    def test_an_appeal_of_another_authority_is_not_named(self):
        foreign = self._appeal(self.other_company, author_contact=False)
        with self.assertRaises(UserError):
            self.env["feedback.privacy.request"].with_user(self.manager).create(
                {"kind": "erasure", "appeal_ids": [(4, foreign.id)], "identity_check": "Seen"}
            )

    def test_an_appeal_that_waits_for_its_answer_keeps_its_author(self):
        waiting = self._appeal(closed=False)
        request = self._request()
        request.action_propose()
        request.with_user(self.second_manager).action_erase()
        self.assertEqual((request.removed_count, request.kept_count), (2, 1))
        self.assertEqual(waiting.author_name, "Olena Koval")

    def test_what_was_proposed_stays_as_it_was(self):
        request = self._request()
        request.action_propose()
        for vals in ({"contact": "petro@example.org"}, {"kind": "export"}, {"state": "new"}, {"proposed_by_id": False}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                request.with_user(self.second_manager).write(vals)

    def test_refusal(self):
        request = self._request()
        request.action_refuse("The person was not identified.")
        self.assertEqual((request.state, request.contact), ("refused", False))
        self.assertEqual(self.appeal.author_name, "Olena Koval")

    def test_forms_on_paper(self):
        closed, open_pack, other = self._pack(), self._pack(), self._pack()
        closed.action_close()
        other.save_rows([{"position": 1, "marks": {"score": "4"}, "comment": "", "contact": "petro@example.org"}])
        self.assertIn("Form of a Batch: 1", self._request("export").found)
        request = self._request()
        request.action_propose()
        request.with_user(self.second_manager).action_erase()
        self.assertFalse(closed.rating_ids.sudo().contact or closed.scan)
        self.assertFalse(open_pack.line_ids.contact or open_pack.line_ids.comment or open_pack.scan)
        self.assertEqual(open_pack.line_ids.marks, {"score": "4"})
        self.assertTrue(other.scan and other.line_ids.contact)

    def test_no_archive_leaves_without_a_note(self):
        request = self._request("export")
        self.assertFalse(request.archive)
        self.assertFalse(self._log())
        request.action_download()
        request.invalidate_recordset()
        self.assertTrue(request.archive)

    # === WHO MAY === #

    def test_only_managers(self):
        request = self._request()
        for user in (self.operator, self.head_user, self.users["commissioner"], self.clerk_user):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._request(user=user)
                with self.assertRaises(AccessError):
                    request.with_user(user).action_propose()
                with self.assertRaises(AccessError):
                    request.with_user(user).read(["contact"])

    def test_other_authorities(self):
        request = self._request()
        self.foreigner.group_ids += self.env.ref("citizen_feedback.group_feedback_manager")
        with self.assertRaises(AccessError):
            self._abroad("feedback.privacy.request").browse(request.id).action_propose()
        abroad = self._abroad("feedback.privacy.request").create(
            {"kind": "erasure", "contact": "olena@example.org", "identity_check": "Seen"}
        )
        self.assertFalse(abroad._find())

    def test_no_contact(self):
        for contact in ("", "Olena", "%", "12"):
            with self.subTest(contact=contact), self.assertRaises(ValidationError):
                self._request(contact=contact)

    # === PRIVACY LOOKUP === #

    def test_odoo_finds_the_records_and_cannot_delete_them(self):
        lookup = self.env["privacy.lookup.wizard"].sudo().create({"name": "Olena", "email": "olena@example.org"})
        lookup.action_lookup()
        found = {(line.res_model, line.res_id): line for line in lookup.line_ids}
        self.assertNotIn(("feedback.appeal", self.other.id), found)
        for record in (self.appeal, self.rating):
            line = found[record._name, record.id]
            with self.assertRaises(UserError):
                line.action_unlink()
