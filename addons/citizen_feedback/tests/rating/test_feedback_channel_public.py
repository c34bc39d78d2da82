import re

from odoo.tests import tagged

from ..http_common import FeedbackHttpCase


@tagged("post_install", "-at_install")
class TestFeedbackChannelPublic(FeedbackHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._service("T-02", cls.unit)
        cls.point = cls.env["qms.service.point"].create(
            {
                "name": "Centre",
                "code": "C-1",
                "company_id": cls.company.id,
                "service_ids": [(4, cls.service.id), (4, cls.second.id)],
            }
        )
        cls.event = cls.env["qms.life.event"].create(
            {"name": "Birth", "code": "L-1", "company_id": cls.company.id, "service_ids": [(4, cls.second.id)]}
        )
        cls.qr = cls._channel(point_id=cls.point.id)
        cls.kiosk = cls._channel(kind="kiosk", service_id=cls.service.id)

    @classmethod
    def _channel(cls, **vals):
        return cls.env["feedback.channel"].create({"name": "Hall", "kind": "qr", "company_id": cls.company.id, **vals})

    def _invitation(self, **vals):
        return self.env["feedback.invitation"].create({"service_id": self.service.id, "lang": "en_US", **vals})

    def _at(self, channel, code=""):
        return f"/feedback/at/{channel.token}" + (f"/{code}" if code else "")

    # === QR CODES === #

    def test_a_code_leads_to_the_services_of_its_point(self):
        self._service("T-03", self.unit, name="Elsewhere")
        page = self._get(self._at(self.qr)).text
        self.assertIn("Service T-01", page)
        self.assertIn("Service T-02", page)
        self.assertNotIn("Elsewhere", page)

    def test_a_code_of_one_service_leads_to_its_form(self):
        channel = self._channel(service_id=self.second.id)
        self.assertIn('name="score"', self._get(self._at(channel)).text)

    def test_a_rating_says_by_which_way_it_came(self):
        response = self._post(self._at(self.qr, "T-02"), data={"score": "4", "channel": "web"})
        self.assertEqual(response.status_code, 303)
        rating = self._ratings()
        self.assertEqual(
            (rating.channel, rating.channel_id, rating.point_id, rating.service_id),
            ("qr", self.qr, self.point, self.second),
        )
        self.assertEqual(self.qr.rating_count, 1)

    def test_wrong_addresses_are_one_message_and_store_nothing(self):
        closed = self._channel(active=False)
        unknown = ("no-such-token", "%00", "x" * 3000, "%ff", "1'or'1", closed.token)
        paths = [f"/feedback/at/{token}/T-01" for token in unknown] + [f"/feedback/once/{token}" for token in unknown]
        paths += [self._at(self.qr, code) for code in ("T-99", "none", "%00", "T-01/x", "x" * 3000)]
        for path in paths:
            with self.subTest(path=path[:40]):
                self.assertEqual(self._get(path).status_code, 404)
                self.assertEqual(self._post(path).status_code, 404)
        self.assertFalse(self._ratings())

    def test_the_form_keeps_what_was_entered(self):
        response = self._post(self._at(self.qr, "T-01") + "?lang=en", data={"score": "6", "comment": "Keep"})
        self.assertEqual(response.status_code, 422)
        self.assertIn("Keep", response.text)
        self.assertIn(self._at(self.qr, "T-01"), response.text)

    # === KIOSK === #

    def test_a_kiosk_takes_one_touch_and_returns(self):
        page = self._get(self._at(self.kiosk))
        self.assertEqual(re.findall(r'name="score" value="(\d)"', page.text), ["5", "4", "3", "2", "1"])
        self.assertNotIn("Refresh", page.headers)
        response = self.opener.post(
            self.base_url() + self._at(self.kiosk, "T-01"), data={"score": "2"}, allow_redirects=False, timeout=30
        )
        self.assertEqual(response.status_code, 303)
        thanks = self._get(response.headers["Location"].removeprefix(self.base_url()))
        self.assertIn(f"url={self._at(self.kiosk)}", thanks.headers["Refresh"])
        self.assertEqual((self._ratings().channel, self._ratings().score), ("kiosk", 2))

    def test_a_kiosk_begins_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        self.env["res.lang"]._activate_lang("en_US")
        self.website.default_lang_id = self.env.ref("base.lang_en")
        self.kiosk.with_context(lang="uk_UA").name = "Зала"
        browser = {"Accept-Language": "uk"}
        self.assertIn('<html lang="en">', self._get(self._at(self.kiosk), **browser).text)
        self.kiosk.lang = "uk_UA"
        browser = {"Accept-Language": "en"}
        for path in (self._at(self.kiosk), f"/feedback/done/{self.kiosk.token}"):
            self.assertIn('<html lang="uk">', self._get(path, **browser).text)
        asked = self._get(self._at(self.kiosk) + "?lang=en", **browser)
        self.assertIn('<html lang="en">', asked.text)
        self.assertRegex(asked.headers["Refresh"], rf"url={self._at(self.kiosk)}$", "back to its own language")
        self.assertIn('<html lang="en">', self._get(self._at(self.qr), **browser).text, "a phone is its owner's")

    def test_a_kiosk_is_never_left(self):
        several = self._channel(kind="kiosk", point_id=self.point.id)
        for kiosk, code in ((self.kiosk, ""), (several, ""), (several, "T-02"), (several, "T-99")):
            with self.subTest(code=code):
                page = self._get(self._at(kiosk, code))
                links = re.findall(r'<a [^>]*href="([^"#]+)"', page.text)
                self.assertTrue(links)
                self.assertTrue(all(link.startswith(self._at(kiosk)) for link in links), links)
        self.second.active = False
        gone = self._post(self._at(several, "T-02"), data={"score": "5"})
        self.assertEqual(gone.status_code, 404)
        self.assertIn(f"url={self._at(several)}", gone.headers["Refresh"])

    def test_a_kiosk_of_several_services_asks_which(self):
        kiosk = self._channel(kind="kiosk", point_id=self.point.id)
        self.assertIn("kiosk-service", self._get(self._at(kiosk)).text)
        form = self._get(self._at(kiosk, "T-02"))
        self.assertIn("kiosk-mark", form.text)
        self.assertIn(self._at(kiosk), form.headers["Refresh"])

    def test_visitors_of_a_kiosk_do_not_use_up_the_limit_of_their_address(self):
        self.company.feedback_address_limit = 1
        self.kiosk.hour_limit = 4
        path = self._at(self.kiosk, "T-01")
        statuses = [self._post(path, data={"score": "5"}).status_code for _post in range(5)]
        self.assertEqual(statuses, [303] * 4 + [429])
        self.assertEqual(self._post("/feedback/T-01").status_code, 303)

    def test_a_kiosk_refuses_other_marks(self):
        for mark in ("0", "6", "abc", ""):
            with self.subTest(mark=mark):
                self.assertEqual(self._post(self._at(self.kiosk, "T-01"), data={"score": mark}).status_code, 422)
        self.assertFalse(self._ratings())

    # === LINK AFTER A SERVICE === #

    def test_a_link_works_once(self):
        invitation = self._invitation()
        path = f"/feedback/once/{invitation.token}"
        self.assertIn("Service T-01", self._get(path).text)
        self.assertEqual(self._post(path, data={"score": "9"}).status_code, 422)
        self.assertEqual(invitation.state, "open")
        self.assertEqual(self._post(path, data={"score": "1"}).status_code, 303)
        self.assertEqual(invitation.state, "used")
        self.assertEqual(self._post(path, data={"score": "1"}).status_code, 404)
        self.assertEqual(self._get(path).status_code, 404)
        self.assertEqual((len(self._ratings()), self._ratings().channel), (1, "link"))

    # === PLACES === #

    def test_services_by_unit_point_and_life_situation(self):
        archive = self._service("T-04", self.other_unit)
        for path, services in (
            (f"/feedback/unit/{self.other_unit.id}", archive),
            (f"/feedback/place/{self.point.id}", self.service | self.second),
            (f"/feedback/life/{self.event.id}", self.second),
        ):
            page = self._get(path)
            with self.subTest(path=path):
                self.assertEqual(page.status_code, 200)
                for service in self.service | self.second | archive:
                    self.assertEqual(service.name in page.text, service in services, service.code)
        self.assertIn("Centre", self._get("/feedback/place").text)
        self.assertIn("Birth", self._get("/feedback/life").text)

    def test_a_unit_without_services_is_not_named(self):
        secret = self.env["hr.department"].create({"name": "Internal Inquiries", "company_id": self.company.id})
        page = self._get(f"/feedback/unit/{secret.id}")
        self.assertEqual(page.status_code, 404)
        self.assertNotIn("Internal Inquiries", page.text)

    def test_a_rating_at_a_point_names_the_point(self):
        self._post(f"/feedback/place/{self.point.id}/T-01", data={"score": "3"})
        self.assertEqual(self._ratings().point_id, self.point)

    def test_places_that_do_not_exist(self):
        foreign = self.env["qms.service.point"].create(
            {"name": "Abroad", "code": "C-9", "company_id": self.other_company.id}
        )
        numbers = (0, 10**9, 2**31, 10**30, "5" * 5000, "-1", "abc", "%00", "%D9%A3", "1e1")
        for kind in ("unit", "place", "life"):
            for number in numbers:
                with self.subTest(kind=kind, number=number):
                    self.assertEqual(self._get(f"/feedback/{kind}/{number}").status_code, 404)
        for code in ("5" * 5000, "%D9%A3", "-1"):
            self.assertEqual(self._post(f"/feedback/place/{code}/T-01").status_code, 404)
        self.assertEqual(self._get(f"/feedback/place/{foreign.id}").status_code, 404)
        self.assertEqual(self._post(f"/feedback/place/{foreign.id}/T-01").status_code, 404)
        self.assertEqual(self._post(f"/feedback/place/{self.point.id}/none").status_code, 404)
        self.assertFalse(self._ratings())

    # === ALL PAGES === #

    def test_pages_set_nothing_and_load_nothing_from_elsewhere(self):
        for path in (
            self._at(self.qr),
            self._at(self.qr, "T-01"),
            self._at(self.kiosk),
            f"/feedback/done/{self.kiosk.token}",
            f"/feedback/once/{self._invitation().token}",
            "/feedback/place",
            "/feedback/life",
            f"/feedback/place/{self.point.id}",
        ):
            with self.subTest(path=path):
                response = self._get(path)
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("Set-Cookie", response.headers)
                self.assertIn("default-src 'self'", response.headers["Content-Security-Policy"])
                self.assertNotRegex(response.text, r'(src|href|action)="(https?:)?//')
