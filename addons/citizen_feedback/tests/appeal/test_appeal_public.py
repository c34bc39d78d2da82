import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_public import PDF, AppealHttpCase

AUTHOR = {
    "author_name": "Olena Koval",
    "author_contact": "olena@example.org",
    "author_address": "Garden street 1",
    "consent": "yes",
}


@tagged("post_install", "-at_install")
class TestAppealPublic(AppealHttpCase):
    # === PAGES === #

    def test_pages_are_bare(self):
        for path in ("/appeals", "/appeals/new", "/appeals/new?kind=complaint&service=T-01", "/appeals/follow"):
            with self.subTest(path=path):
                response = self._get(path)
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("Set-Cookie", response.headers)
                self.assertIn("frame-ancestors 'none'", response.headers["Content-Security-Policy"])
                self.assertEqual(response.headers["Cache-Control"], "no-store")
                self.assertNotRegex(response.text, r'(src|href|action)="(https?:)?//')

    def test_terms_of_the_law(self):
        text = self._get("/appeals?lang=en").text
        kinds = self.company._feedback_profile().kind_ids.filtered("is_public")
        self.assertGreater(len(kinds), 3)
        for kind in kinds:
            self.assertIn(kind.name, text)
            self.assertIn(kind.terms_text, text)

    def test_an_authority_without_a_law_takes_none(self):
        self.company.write({"feedback_legal_profile_id": False, "country_id": False})
        self.assertIn("not taken on this page yet", self._get("/appeals?lang=en").text)
        self.assertNotIn("<textarea", self._get("/appeals/new?lang=en").text)
        self.assertEqual(self._send().status_code, 422)
        self.assertFalse(self._appeals())

    def test_languages(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.assertIn('<html lang="uk">', self._get("/appeals?lang=uk").text)
        self.assertIn('<html lang="uk">', self._get("/appeals/new", **{"Accept-Language": "uk"}).text)

    def test_languages_keep_what_the_address_says(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        for path, kept in (
            ("/appeals/new?kind=complaint&service=T-01", "/appeals/new?kind=complaint&amp;service=T-01&amp;lang=uk"),
            ("/feedback?q=T-01&lang=en&more=1", "/feedback?q=T-01&amp;lang=uk"),
            ("/appeals/follow?code=ABCD", "/appeals/follow?lang=uk"),
        ):
            with self.subTest(path=path):
                self.assertIn(f'href="{kept}"', self._get(path).text)

    def test_no_language_leads_away_from_a_receipt(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.assertNotIn("hreflang", self._send().text)
        self.assertIn("hreflang", self._send(text="").text)

    # === SENDING === #

    def test_an_appeal_arrives(self):
        appeal, code = self._sent(files=[PDF, ("photo.png", b"\x89PNG\r\n\x1a\n12", "image/png")], **AUTHOR)
        self.assertEqual(
            (appeal.text, appeal.kind_id.code, appeal.channel, appeal.state, appeal.lang),
            ("The lift is broken.", "complaint", "web", "new", "en"),
        )
        self.assertEqual((appeal.author_name, appeal.author_contact), ("Olena Koval", "olena@example.org"))
        self.assertFalse(appeal.is_message)
        files = {file.name: file.raw for file in appeal.attachment_ids}
        self.assertEqual(files, {"letter.pdf": PDF[1], "photo.png": b"\x89PNG\r\n\x1a\n12"})
        self.assertEqual(appeal.create_uid, self.env.ref("base.user_root"))
        self.assertEqual(appeal.consent_id.purpose, "appeal")
        self.assertTrue(appeal.consent_date)
        self.assertNotIn(code, str(appeal.read()))

    def test_the_receipt_is_shown_once_and_not_cached(self):
        response = self._send()
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertRegex(response.text, r'id="code">[0-9A-Z-]{24}<')
        self.assertIn(self._appeals()[:1].number, response.text)

    def test_without_a_name_it_is_a_message(self):
        appeal, _code = self._sent()
        self.assertTrue(appeal.is_message)
        self.assertFalse(appeal.consent_id)

    def test_a_place_and_a_service(self):
        place = self.env["feedback.territory"].create({"name": "Old Town", "code": "OT", "company_id": self.company.id})
        self.assertIn("Old Town", self._get("/appeals/new").text)
        appeal, _code = self._sent(territory=str(place.id), service="T-01")
        self.assertEqual((appeal.territory_id, appeal.service_id), (place, self.service))

    def test_the_place_of_another_authority(self):
        place = self.env["feedback.territory"].create({"name": "Far", "code": "F", "company_id": self.other_company.id})
        self.assertEqual(self._send(territory=str(place.id)).status_code, 422)
        appeal, _code = self._sent(service="T-99")
        self.assertFalse(appeal.service_id)

    # === BAD INPUT === #

    def test_errors_keep_what_was_entered(self):
        for data, message in (
            ({"kind": "petition", "consent": "yes"}, "Choose what you send."),
            ({"text": "", "consent": "yes"}, "Write what you want to say."),
            ({"text": "я" * 10_001, "consent": "yes"}, "This is too long."),
            ({"author_name": "Olena"}, "Say whether your name and contact may be kept"),
            ({"author_contact": "nobody", "consent": "yes"}, "no e-mail address and no phone number"),
            ({"author_contact": ".....", "consent": "yes"}, "no e-mail address and no phone number"),
            ({"text": "a\0b", "consent": "yes"}, "contains characters"),
        ):
            with self.subTest(data=str(data)[:40]):
                response = self._send(**{"organisation": '"><script>', **data})
                self.assertEqual(response.status_code, 422)
                self.assertIn(message, response.text)
                self.assertNotIn('"><script>', response.text)
        self.assertFalse(self._appeals())

    def test_an_alert_leads_to_each_wrong_field(self):
        response = self._send(kind="", text="", author_name="Olena", files=[("run.exe", b"MZ", "")])
        alert = re.search(r'<div class="alert" role="alert".*?</div>', response.text, re.DOTALL)[0]
        self.assertEqual(re.findall(r'href="#([\w-]+)"', alert), ["kind", "text", "consent", "files"])
        for name in ("kind", "text", "consent", "files"):
            self.assertEqual(len(re.findall(rf'<(?:input|textarea)[^>]* id="{name}"', response.text)), 1, name)

    def test_what_nobody_sees_is_neither_text_nor_name(self):
        self.assertEqual(self._send(text="\u200b\u2060 \u3164").status_code, 422)
        self.assertEqual(len(self._appeals()), 0)
        appeal, _code = self._sent(**{**AUTHOR, "author_name": "\u200b\u200b"})
        self.assertTrue(appeal.is_message, "a name of nothing identifies nobody")

    def test_files_that_are_not_taken(self):
        files = self.env["ir.attachment"].sudo()
        before = files.search_count([("res_model", "=", "feedback.appeal")])
        for file, message in (
            (("photo.jpg", b"MZ\x90\0", "image/jpeg"), "is not what its name says"),
            (("page.html", b"<html></html>", "text/html"), "of a kind that is not taken"),
            (("page.pdf", b"<html><script>1</script>", "application/pdf"), "is not what its name says"),
            (("run.exe", b"MZ", "application/pdf"), "of a kind that is not taken"),
            (("big.pdf", b"%PDF-" + b"\0" * 11_000_000, "application/pdf"), "is larger than 10 MB"),
        ):
            with self.subTest(file=file[0]):
                response = self._send(files=[file], text="Keep my words")
                self.assertEqual(response.status_code, 422)
                self.assertIn(message, response.text)
                self.assertIn("Keep my words", response.text)
        response = self._send(files=[PDF] * 40)
        self.assertEqual(response.status_code, 422)
        self.assertIn("Too many files", response.text)
        self.assertFalse(self._appeals())
        self.assertEqual(files.search_count([("res_model", "=", "feedback.appeal")]), before)

    def test_more_than_a_form_may_hold(self):
        response = self._send(files=[("a.pdf", b"%PDF-" + b"\0" * 32_000_000, "application/pdf")] * 2)
        self.assertEqual(response.status_code, 413)
        self.assertIn("Too large to send", response.text)
        self.assertIn("default-src 'self'", response.headers["Content-Security-Policy"])
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertFalse(self._appeals())

    def test_a_proof_is_used_once(self):
        proof = self._proof("appeal")
        self._send(**proof)
        response = self._send(text="Second", **proof)
        self.assertEqual(response.status_code, 429)
        self.assertIn("Second", response.text)
        self.assertEqual(len(self._appeals()), 1)

    def test_a_proof_of_a_rating_passes_no_appeal(self):
        self.assertEqual(self._send(**self._proof("rating")).status_code, 429)
        self.assertFalse(self._appeals())

    def test_flood_is_held_back(self):
        self.company.feedback_appeal_address_limit = 2
        statuses = [self._send().status_code for _number in range(4)]
        self.assertEqual(statuses, [200, 200, 429, 429])
        self.assertEqual(len(self._appeals()), 2)

    def test_trap_stores_nothing_and_tells_nothing(self):
        response = self._send(homepage="http://spam.example")
        self.assertEqual(response.status_code, 200)
        self.assertNotIn('id="code"', response.text)
        self.assertFalse(self._appeals())

    def test_other_sites_cannot_send_in_the_name_of_their_visitors(self):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            self.assertEqual(self._send(headers=headers, text="Lost?").status_code, 403)
        self.assertFalse(self._appeals())

    @mute_logger("odoo.http")
    def test_hostile_shapes(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for case in (
            {"data": {"self": "1", "endpoint": "x", "kind": "complaint", "text[]": "x"}},
            {"data": b"\xff\xfe\x00text=5", "headers": form},
            {"data": b"kind=complaint&text=%ff%00", "headers": form},
            {"data": b'{"text": 5}', "headers": {"Content-Type": "application/json"}},
            {"data": {}, "files": {"text": ("a.html", b"<html>", "text/html")}},
            {"data": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        ):
            for path in ("/appeals/new", "/appeals/follow", "/appeals/follow/message", "/appeals/follow/file"):
                with self.subTest(path=path, case=str(case)[:50]):
                    self.assertIn(self._post(path, purpose="appeal", **case).status_code, (400, 422))
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            for path in ("/appeals", "/appeals/new", "/appeals/follow"):
                self.assertLess(
                    self.opener.request(method, self.base_url() + path, timeout=30).status_code, 500, (method, path)
                )
        for query in ("kind=%00", "kind=%27", "service=" + "x" * 5000, "lang=..%2f", "service=%ff", "text=1&kind[]=2"):
            self.assertEqual(self._get(f"/appeals/new?{query}").status_code, 200, query)
        self.assertFalse(self._appeals())

    def test_an_employee_with_a_session_is_a_citizen(self):
        self.authenticate(self.clerk_user.login, self.clerk_user.login)
        response = self.opener.post(
            self.base_url() + "/appeals/new",
            data={"kind": "complaint", "text": "From home", **self._proof("appeal")},
            allow_redirects=False,
            timeout=30,
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._appeals().create_uid, self.env.ref("base.user_root"))

    # === NAMES === #

    def test_names_stand_on_no_public_page(self):
        _appeal, code = self._sent(**AUTHOR)
        pages = [
            self._get(path).text
            for path in ("/feedback", "/feedback/T-01", "/appeals", "/appeals/new", "/appeals/follow")
        ]
        pages.append(self._follow(code=code).text)
        for page in pages:
            for secret in ("Koval", "olena@example.org", "Garden street"):
                self.assertNotIn(secret, page)
