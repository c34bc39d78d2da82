import json

from odoo.tests import tagged

from ..http_common import FeedbackHttpCase

ROOT = "/feedback/api/v1"


@tagged("post_install", "-at_install")
class TestFeedbackApi(FeedbackHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.feedback_legal_profile_id = cls.env.ref("citizen_feedback.legal_profile_ua")
        cls.channel = cls.env["feedback.channel"].create(
            {"name": "Portal", "kind": "api", "company_id": cls.company.id}
        )
        cls.key = cls.channel.action_new_key()["context"]["default_key"]

    def _call(self, path, data=None, key=None, method=None, **headers):
        self.opener.cookies.clear()
        body = data if isinstance(data, bytes | None) else json.dumps(data).encode()
        return self.opener.request(
            method or ("GET" if body is None else "POST"),
            self.base_url() + ROOT + path,
            data=body,
            headers={
                "Authorization": f"Bearer {self.key if key is None else key}",
                "Content-Type": "application/json",
                **headers,
            },
            allow_redirects=False,
            timeout=30,
        )

    def test_services_and_questions(self):
        services = self._call("/services").json()["services"]
        self.assertIn({"code": "T-01", "name": "Service T-01", "unit": self.unit.name}, services)
        self.assertNotIn("T-99", [service["code"] for service in services])
        questions = self._call("/questions?service=T-01").json()
        self.assertEqual(questions["questions"][0]["name"], "score")
        self.assertEqual(self._call("/questions?service=none").status_code, 404)

    def test_a_rating_is_taken(self):
        response = self._call("/ratings", {"service": "T-01", "score": 2, "waiting": 1, "comment": "Довго"})
        self.assertEqual((response.status_code, response.json()), (201, {"taken": True}))
        self.assertNotIn("Set-Cookie", response.headers)
        rating = self._ratings()
        self.assertEqual(
            (rating.score, rating.waiting, rating.comment, rating.channel, rating.channel_id),
            (2, 1, "Довго", "api", self.channel),
        )
        self.assertTrue(rating.awaits_signal)

    def test_keys(self):
        for key in ("", "wrong", "%00", "x" * 5000, "ключ".encode().decode("latin-1")):
            with self.subTest(key=key[:10]):
                response = self._call("/ratings", {"service": "T-01", "score": 5}, key=key)
                self.assertEqual((response.status_code, response.json()["error"]["code"]), (401, "key"))
        self.channel.active = False
        self.assertEqual(self._call("/services").status_code, 401)
        self.assertFalse(self._ratings())

    def test_bad_input_is_one_message_and_stores_nothing(self):
        for data, status, code in (
            ({"service": "T-01"}, 422, "fields"),
            ({"service": "T-01", "score": 0}, 422, "fields"),
            ({"service": "T-01", "score": 6}, 422, "fields"),
            ({"service": "T-01", "score": "abc"}, 422, "fields"),
            ({"service": "T-01", "score": True}, 422, "fields"),
            ({"service": "T-01", "score": 4.5}, 422, "fields"),
            ({"service": "T-01", "score": [5]}, 422, "fields"),
            ({"service": "T-01", "score": 10**400}, 422, "fields"),
            ({"service": "T-01", "score": 5, "comment": "x" * 10_000}, 422, "fields"),
            ({"service": "T-01", "score": 5, "comment": "a\0b"}, 422, "fields"),
            ({"service": "T-99", "score": 5}, 404, "service"),
            ({"service": "none", "score": 5}, 404, "service"),
            ({"service": {"id": 1}, "score": 5}, 404, "service"),
            ({"service": "T-01\0", "score": 5}, 404, "service"),
            ({"score": 5}, 404, "service"),
            ([], 400, "object"),
            (b"5", 400, "object"),
            (b"{", 400, "json"),
            (b"", 400, "json"),
            (b'{"score": NaN}', 400, "json"),
            (b"[" * 60_000, 400, "json"),
            (b"\xff\xfe", 400, "json"),
        ):
            with self.subTest(data=str(data)[:50]):
                response = self._call("/ratings", data)
                self.assertEqual((response.status_code, response.json()["error"]["code"]), (status, code))
                self.assertTrue(response.json()["error"]["message"])
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            response = self._call("/ratings", b"x" * 70_000, **{"Content-Type": kind})
            self.assertEqual((response.status_code, response.json()["error"]["code"]), (413, "large"), kind)
        self.assertFalse(self._ratings())

    def test_nothing_but_what_is_asked_for_is_taken_over(self):
        self._call("/ratings", {"service": "T-01", "score": 5, "state": "excluded", "channel": "web", "company_id": 7})
        rating = self._ratings()
        self.assertEqual((rating.state, rating.channel, rating.company_id), ("ok", "api", self.company))

    # === APPEALS === #

    def _appeal(self, **data):
        kind = self._call("/appeal-kinds").json()["kinds"][0]["code"]
        return self._call("/appeals", {"kind": kind, "text": "The lift is broken.", **data})

    def test_an_appeal_is_taken_and_its_receipt_given(self):
        response = self._appeal(author_name="Olha", author_contact="olha@example.com", consent=True, service="T-01")
        self.assertEqual(response.status_code, 201, response.text)
        appeal = self.env["feedback.appeal"]._by_receipt(self.company, response.json()["receipt"])
        self.assertEqual(
            (appeal.number, appeal.text, appeal.channel, appeal.service_id),
            (response.json()["number"], "The lift is broken.", "api", self.service),
        )

    def test_an_appeal_about_no_service(self):
        response = self._appeal()
        self.assertEqual(response.status_code, 201, response.text)
        appeal = self.env["feedback.appeal"]._by_receipt(self.company, response.json()["receipt"])
        self.assertEqual((appeal.text, appeal.service_id.id), ("The lift is broken.", False))

    def test_a_portal_verifies_nobody(self):
        self._appeal(author_name="Olha", author_contact="olha@example.com", consent=True, identity="verified")
        [appeal] = self.env["feedback.appeal"].sudo().search([("company_id", "=", self.company.id)])
        self.assertEqual(appeal.identity, "stated")

    def test_a_wrong_appeal_stores_nothing(self):
        for data, status in (
            ({"kind": "none"}, 422),
            ({"text": ""}, 422),
            ({"text": "x" * 10_001}, 422),
            ({"text": ["x"] * 3, "kind": {}}, 422),
            ({"author_name": "Olha"}, 422),
            ({"author_name": "Olha", "consent": "false"}, 422),
            ({"author_contact": "neither", "consent": True}, 422),
            ({"service": "T-99"}, 404),
        ):
            with self.subTest(data=str(data)[:40]):
                response = self._appeal(**data)
                self.assertEqual(response.status_code, status, response.text)
                self.assertTrue(response.json()["error"]["message"])
        self.assertFalse(self.env["feedback.appeal"].sudo().search([("company_id", "=", self.company.id)]))

    def test_other_methods_and_paths(self):
        for method in ("PUT", "DELETE", "PATCH"):
            self.assertLess(self._call("/ratings", {"score": 5}, method=method).status_code, 500)
        self.assertEqual(self._call("/nothing").status_code, 404)
        self.assertFalse(self._ratings())

    def test_the_key_has_a_limit(self):
        self.channel.hour_limit = 2
        statuses = [self._call("/ratings", {"service": "T-01", "score": 5}).status_code for _call in range(3)]
        self.assertEqual(statuses, [201, 201, 429])
        self.assertLessEqual(int(self._call("/services").headers["Retry-After"]), 3600)

    def test_calls_from_one_address_have_a_limit_with_and_without_a_key(self):
        self.company.feedback_api_address_limit = 3
        statuses = [self._call("/services", key=key).status_code for key in ("wrong", "other", None, None)]
        self.assertEqual(statuses, [401, 401, 200, 429])
        self.assertEqual(self._call("/services", key="wrong").status_code, 429)

    def test_messages_in_the_language_asked_for(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        response = self._call("/ratings", {"service": "T-01", "score": 5}, **{"Accept-Language": "uk"})
        self.assertEqual(response.status_code, 201)
        self.assertEqual(self._ratings().lang, "uk")
