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
        for foreign in ("Petro", "petro@example.org", "Mine", "receipt", self.appeal.author_key):
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
        found = lookup.line_ids.filtered(lambda line: line.res_model in ("feedback.appeal", "feedback.rating"))
        self.assertEqual(
            {(line.res_model, line.res_id) for line in found},
            {("feedback.appeal", self.appeal.id), ("feedback.rating", self.rating.id)},
        )
        for line in found:
            with self.assertRaises(UserError):
                line.action_unlink()
