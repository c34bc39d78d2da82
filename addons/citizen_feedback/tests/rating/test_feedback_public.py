import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...lib.rating_form import ASPECTS
from ..http_common import FeedbackHttpCase

# A row, its limiter, the service and what Odoo itself needs; the yardstick is checked by the benchmark.
QUERIES_OF_A_RATING = 12


@tagged("post_install", "-at_install")
class TestFeedbackPublic(FeedbackHttpCase):
    def _assert_bare(self, response):
        """Nothing is set on the visitor's device, nothing may be loaded from elsewhere."""
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertIn("default-src 'self'", response.headers["Content-Security-Policy"])
        self.assertIn("frame-ancestors 'none'", response.headers["Content-Security-Policy"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")
        scripts = re.findall(r"<script[^>]*>", response.text)
        self.assertTrue(all('src="/citizen_feedback/static/src/public/' in script for script in scripts), scripts)

    # === PAGES === #

    def test_pages_are_bare(self):
        for path, status in (
            ("/feedback", 200),
            ("/feedback?q=T-01", 200),
            ("/feedback/T-01", 200),
            ("/feedback/thanks", 200),
            ("/feedback/none", 404),
        ):
            with self.subTest(path=path):
                response = self._get(path)
                self.assertEqual(response.status_code, status)
                self._assert_bare(response)
                self.assertNotRegex(response.text, r'(src|href|action)="(https?:)?//')

    def test_list_shows_active_services_of_the_authority(self):
        self._service("T-04", self.unit, name="Closed one", active=False)
        text = self._get("/feedback").text
        self.assertIn("Service T-01", text)
        self.assertIn(self.unit.name, text)
        self.assertNotIn("Closed one", text)
        self.assertNotIn(self.foreign_service.name, text)

    def test_search_without_script(self):
        self._service("T-05", self.unit, name="Archival certificate")
        self.assertIn("Archival certificate", self._get("/feedback?q=archival").text)
        self.assertNotIn("Service T-01", self._get("/feedback?q=archival").text)
        for query in ("%00", "%25%27%22%5C", "x" * 5000, "%ff%fe", "&q=2", "%3Cscript%3E"):
            with self.subTest(query=query[:10]):
                response = self._get(f"/feedback?q={query}")
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("<script", response.text)

    def test_language(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.env["res.lang"]._activate_lang("en_US")
        self.service.with_context(lang="uk_UA").name = "Послуга"
        self.assertIn('<html lang="uk">', self._get("/feedback/T-01?lang=uk").text)
        self.assertIn("Послуга", self._get("/feedback/T-01", **{"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.1"}).text)
        self.assertIn('<html lang="en">', self._get("/feedback/T-01?lang=en", **{"Accept-Language": "uk"}).text)
        for wrong in ("xx", "", "%00", "../../etc", "uk_UA'", "en&lang=uk"):
            with self.subTest(wrong=wrong):
                response = self._get(f"/feedback/T-01?lang={wrong}")
                self.assertEqual(response.status_code, 200)
                self.assertRegex(response.text, r'<html lang="[a-z]{2,3}">')
        self._post("/feedback/T-01?lang=uk")
        self.assertEqual(self._ratings()[0].lang, "uk")

    def test_unknown_and_foreign_services(self):
        self._service("T-06", self.unit, active=False)
        for code in ("none", "T-99", "T-06", "%00", "T-01%00", "T-01/x", "%ff", "x" * 3000, "1%20or%201=1"):
            with self.subTest(code=code[:10]):
                self.assertEqual(self._get(f"/feedback/{code}").status_code, 404)
                self.assertEqual(self._post(f"/feedback/{code}").status_code, 404)
        self.assertFalse(self._ratings())

    def test_changes_of_a_service_reach_its_page_at_once(self):
        self.assertEqual(self._get("/feedback/T-77").status_code, 404)
        service = self._service("T-77", self.unit)
        self.assertEqual(self._get("/feedback/T-77").status_code, 200)
        service.code = "T-78"
        self.assertEqual([self._get(f"/feedback/T-7{end}").status_code for end in (7, 8)], [404, 200])
        service.active = False
        self.assertEqual(self._get("/feedback/T-78").status_code, 404)
        service.active = True
        service.unlink()
        self.assertEqual(self._get("/feedback/T-78").status_code, 404)

    def test_code_with_signs(self):
        self._service("T/1 ї?", self.unit)
        self.assertEqual(self._get("/feedback/T%2F1%20%D1%97%3F").status_code, 200)

    # === RATING === #

    def test_rating_is_stored_and_redirects(self):
        response = self._post(
            data={"score": "2", "waiting": "1", "comment": "Довго", "channel": "qr", "state": "excluded", "id": "1"}
        )
        self.assertEqual(response.status_code, 303)
        self.assertIn("/feedback/thanks", response.headers["Location"])
        self._assert_bare(response)
        rating = self._ratings()
        self.assertEqual(
            (rating.score, rating.waiting, rating.comment, rating.channel, rating.state, rating.service_id),
            (2, 1, "Довго", "qr", "ok", self.service),
        )
        self.assertTrue(rating.awaits_signal)

    def test_every_aspect_arrives(self):
        marks = dict(zip(ASPECTS, (1, 2, 3, 4, 5, 1, 2, 3), strict=True))
        self._post(data={"score": "3", **{name: str(mark) for name, mark in marks.items()}})
        [stored] = self._ratings().read(list(marks))
        self.assertEqual({name: stored[name] for name in marks}, marks)

    def test_does_not_apply_is_stored_apart_from_silence_and_from_marks(self):
        self._post(data={"score": "4", "waiting": "na", "comfort": "3"})
        rating = self._ratings()
        self.assertEqual(rating.inapplicable, "waiting")
        self.assertEqual(rating.inapplicable_aspect_ids.mapped("column"), ["waiting"])
        for name in ("waiting", "ease"):
            [[average, count]] = rating._read_group([("id", "=", rating.id)], [], [f"{name}:avg", f"{name}:count"])
            self.assertFalse(average, f"{name} must not spoil the average")

    def test_a_service_asks_what_concerns_it(self):
        aspects = self.env["feedback.aspect"]
        own = aspects.create(
            {"name": "Lift", "question": "Did the lift work?", "column": "accessibility", "company_id": self.company.id}
        )
        other = self._service("T-08", self.unit)
        self.service.feedback_aspect_ids = own | self.env.ref("citizen_feedback.aspect_waiting")
        text = self._get("/feedback/T-01?lang=en").text
        self.assertIn("Did the lift work?", text)
        self.assertIn('name="waiting"', text)
        self.assertNotIn('name="courtesy"', text)
        self._post(data={"score": "5", "accessibility": "2", "courtesy": "1", "ease": "na"})
        rating = self._ratings()
        self.assertEqual((rating.accessibility, rating.courtesy, rating.inapplicable), (2, 0, False))
        # An authority with words of its own asks these, of every service without a choice.
        text = self._get(f"/feedback/{other.code}?lang=en").text
        self.assertIn("Did the lift work?", text)
        self.assertNotIn('name="waiting"', text)
        own.is_default = False
        self.assertIn('name="courtesy"', self._get(f"/feedback/{other.code}?lang=en").text)

    def test_questions_follow_their_changes_at_once(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        aspect = self.env.ref("citizen_feedback.aspect_waiting")
        self._get("/feedback/T-01?lang=uk")
        aspect.update_field_translations("question", {"uk_UA": "Чи довго чекали?"})
        self.assertIn("Чи довго чекали?", self._get("/feedback/T-01?lang=uk").text)
        aspect.active = False
        self.assertNotIn('name="waiting"', self._get("/feedback/T-01?lang=uk").text)

    def test_contact_with_consent(self):
        self._post(data={"score": "4", "contact": "050 123 45 67", "consent": "yes", "client_kind": "business"})
        rating = self._ratings()
        self.assertEqual((rating.contact, rating.client_kind), ("050 123 45 67", "business"))
        self.assertTrue(rating.consent_date)
        self._post(data={"score": "4", "client_kind": "internal", "consent": "yes"})
        rating = self._ratings()[0]
        self.assertFalse(rating.contact or rating.consent_date)
        self.assertEqual(rating.client_kind, "citizen")

    def test_five_points_for_the_whole_and_for_each_aspect(self):
        form = self._get("/feedback/T-01").text
        for name in ("score", *ASPECTS):
            offered = re.findall(rf'name="{name}" value="(\d+)"', form)
            self.assertEqual(f'name="{name}" value="na"' in form, name != "score")
            self.assertEqual(offered, ["1", "2", "3", "4", "5"], name)
            for mark in ("0", "6"):
                response = self._post(data={"score": "5", name: mark})
                self.assertEqual(response.status_code, 422, (name, mark))
                self.assertEqual(re.findall(r'id="(\w+)-error"', response.text), [name])
                self.assertEqual(re.findall(r'href="#(\w+)"', response.text), ["content", name])
                self.assertEqual(len(re.findall(rf'<input[^>]* id="{name}"', response.text)), 1)
        self.assertFalse(self._ratings())
        for mark in ("1", "5"):
            self._post(data=dict.fromkeys(("score", *ASPECTS), mark))
        self.assertEqual(self._ratings().mapped("score"), [5, 1])
        self.assertEqual(self._ratings().mapped("comfort"), [5, 1])

    def test_low_rating_ends_as_a_signal(self):
        self._post(data={"score": "1", "comment": "<b>bad</b>"})
        rating = self._ratings()
        self.env["feedback.signal"].sudo()._raise_from_ratings(rating)
        self.assertEqual(rating.signal_id.responsible_id, self.head)
        self.assertEqual(rating.signal_id.comment, "<b>bad</b>")

    def test_errors_keep_what_was_entered(self):
        comment = '"><script>alert(1)</script>' + "я" * 1300
        for data, message in (
            ({"comment": "Добре", "waiting": "4"}, "Choose a mark from 1 to 5."),
            ({"score": "6"}, "This mark does not exist."),
            ({"score": "abc", "comment": "Добре"}, "This mark does not exist."),
            ({"score": "5", "waiting": "0"}, "This mark does not exist."),
            ({"score": "5", "comment": comment}, "The comment is too long."),
            ({"score": "5", "comment": "a\0b"}, "contains characters"),
            ({"score": "5", "contact": "ivan@example.com"}, "Without your consent"),
            ({"score": "5", "contact": "x" * 300, "consent": "yes"}, "The contact is too long."),
        ):
            with self.subTest(data=str(data)[:40]):
                response = self._post("/feedback/T-01?lang=en", data=data)
                self.assertEqual(response.status_code, 422)
                self.assertIn(message, response.text)
                self._assert_bare(response)
                if data.get("comment") == "Добре":
                    self.assertIn("Добре", response.text)
                if data.get("waiting") == "4":
                    self.assertRegex(response.text, r'name="waiting" value="4" checked')
        self.assertFalse(self._ratings())

    def test_hostile_shapes(self):
        cases = (
            {"data": {"self": "1", "code": "T-99", "endpoint": "x", "score": "9"}},
            {"data": {"score[]": "5"}},
            {"data": {"score": ["9", "5"]}},
            {"data": b"\xff\xfe\x00score=5", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            {"data": b'{"score": 5}', "headers": {"Content-Type": "application/json"}},
            {"data": b"score=%ff%00"},
            {"data": {}, "files": {"score": ("a.html", b"<html>5</html>", "text/html")}},
            {"data": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        )
        for case in cases:
            with self.subTest(case=str(case)[:60]):
                self.assertIn(self._post(**case).status_code, (400, 422))
        self.assertFalse(self._ratings())

    def test_huge_body_is_refused(self):
        response = self._post(data={"score": "5", "comment": "x" * 70_000})
        self.assertEqual(response.status_code, 413)
        response = self._post(data={"score": "5"}, files={"scan": ("a.bin", b"x" * 70_000)})
        self.assertEqual(response.status_code, 413)
        self.assertFalse(self._ratings())

    @mute_logger("odoo.http")
    def test_other_methods(self):
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            with self.subTest(method=method):
                response = self.opener.request(method, self.base_url() + "/feedback/T-01", timeout=30)
                self.assertLess(response.status_code, 500)
        self.assertFalse(self._ratings())

    def test_trap_stores_nothing_and_tells_nothing(self):
        response = self._post(data={"score": "1", "homepage": "http://spam.example"})
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self._ratings())

    def test_other_sites_cannot_make_their_visitors_rate(self):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://[bad"},
        ):
            with self.subTest(headers=headers):
                response = self._post(headers=headers, data={"score": "5", "comment": "Lost?"})
                self.assertEqual(response.status_code, 403)
                self.assertIn("Lost?", response.text)
        self.assertFalse(self._ratings())
        for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": self.base_url()}):
            self.assertEqual(self._post(headers=headers).status_code, 303)

    def test_flood_is_held_back(self):
        self.company.feedback_address_limit = 3
        statuses = [self._post(data={"score": "1"}).status_code for _post in range(5)]
        self.assertEqual(statuses, [303, 303, 303, 429, 429])
        response = self._post("/feedback/T-01?lang=en", data={"score": "1", "comment": "Keep me"})
        self.assertLessEqual(int(response.headers["Retry-After"]), 600)
        self.assertIn("Keep me", response.text)
        self.assertEqual(len(self._ratings()), 3)
        # Errors of typing are not counted: they write nothing.
        self.assertEqual(self._post(data={"score": "9"}).status_code, 422)

    def test_what_nobody_sees_is_no_comment(self):
        self._post(data={"score": "5", "comment": "\u200b \u3164"})
        self.assertFalse(self._ratings().comment)

    def test_employee_with_a_session_stays_anonymous(self):
        self.authenticate(self.clerk_user.login, self.clerk_user.login)
        response = self.opener.post(
            self.base_url() + "/feedback/T-01",
            data={"score": "2", **self._proof()},
            allow_redirects=False,
            timeout=30,
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self._ratings().create_uid, self.env.ref("base.user_root"))

    def test_form_costs_two_queries_more_than_an_empty_page(self):
        for path in ("/feedback/thanks", "/feedback/T-01"):
            self._get(path)
        counts = []
        for path in ("/feedback/thanks", "/feedback/T-01"):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get(path)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 2, counts)

    def test_queries(self):
        for score in ("5", "1"):
            self._post(data={"score": score, "waiting": "3", "comment": "Warm"})
        for score in ("5", "1"):
            before = self.env.cr.sql_log_count
            self._post(data={"score": score, "waiting": "3", "comment": "Measured"})
            with self.subTest(score=score):
                self.assertLessEqual(self.env.cr.sql_log_count - before, QUERIES_OF_A_RATING)


@tagged("post_install", "-at_install")
class TestForeignHosts(FeedbackHttpCase):
    def _stylesheets(self, path):
        page = self.url_open(path)
        self.assertNotIn("fonts.gstatic.com", page.text)
        self.assertNotIn("fonts.googleapis.com", page.text)
        links = {part.split('"')[0] for part in page.text.split('href="') if ".css" in part.split('"')[0]}
        return [self.url_open(link).text for link in links]

    def test_website_uses_the_fonts_of_the_device(self):
        sheets = self._stylesheets("/web/login")
        self.assertTrue(any("system" in sheet or "Segoe UI" in sheet for sheet in sheets))
        for sheet in sheets:
            self.assertNotIn("googleapis", sheet)

    def test_font_picked_in_the_editor_is_not_fetched_either(self):
        self.env["website.assets"].with_context(website_id=self.website.id).make_scss_customization(
            "/website/static/src/scss/options/user_values.scss",
            {"font": "'Lobster'", "google-fonts": "('Lobster', )"},
        )
        sheets = self._stylesheets("/")
        self.assertTrue(any("Lobster" in sheet for sheet in sheets), "The choice has not reached the page.")
        for sheet in sheets:
            self.assertNotIn("googleapis", sheet)
