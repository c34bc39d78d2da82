"""Anything sent to any public address of the addon: never an error of the server, nothing stored that should not be.

The addresses are read from the routing map, so a page that is added is tried as well.
"""

import threading
from unittest.mock import patch
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import SUPERUSER_ID
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.barrier import PROOF_FIELD, TICKET_FIELD
from ..lib.rating_form import ASPECTS, COMMENT_LIMIT
from .http_common import FeedbackHttpCase

OURS = "odoo.addons.citizen_feedback."
# Counted and forgotten: who sent how much, and what was used to send it.
BOOKKEEPING = ("feedback.limit", "feedback.proof")
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/html",
    "",
)
# What has broken servers before, beside what hypothesis thinks of.
EVIL = (
    "",
    "0",
    "6",
    "-1",
    "1e309",
    "abc",
    "None",
    "null",
    "[]",
    "{}",
    "\0",
    "%00",
    "٣",
    "5" * 5000,
    "x" * 10_000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "{{7*7}}${7*7}",
    "\ud83d\ude00",
    "\u202eevil",
    "T-01",
    "T-99",
    "1",
)

texts = st.one_of(st.sampled_from(EVIL), st.text(max_size=60))
marks = st.sampled_from(["1", "2", "3", "4", "5"])
names = st.one_of(
    st.sampled_from(
        ["score", *ASPECTS, "comment", "contact", "consent", "channel", "client_kind", "lang", "q", "text", "code"]
    ),
    st.sampled_from(["self", "id", "state", "company_id", "csrf_token", "receipt", "token", "name", "kind", "args"]),
    st.text(max_size=10),
)
forms = st.dictionaries(names, texts, max_size=8)
steady = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=12,
    suppress_health_check=list(HealthCheck),
)


@tagged("post_install", "-at_install")
class TestPublicFuzz(FeedbackHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        limits = [name for name in cls.company._fields if name.startswith("feedback_") and name.endswith("_limit")]
        cls.company.write(dict.fromkeys(limits, 100_000))
        # The routing map asks the thread which database is meant, as a request's thread knows.
        cls.startClassPatcher(patch.object(threading.current_thread(), "dbname", cls.env.cr.dbname, create=True))

    def _rules(self):
        """Return the routes of this addon that anybody may ask for."""
        rules = [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if getattr(rule.endpoint, "func", rule.endpoint).__module__.startswith(OURS)
            and rule.endpoint.routing["auth"] in ("public", "none")
        ]
        self.assertIn("/feedback/<path:code>", [rule.rule for rule in rules])
        return rules

    def _stored(self):
        """Count the rows of everything that a visitor could leave behind."""
        models = [
            name
            for name, model in self.env.registry.items()
            if not model._abstract
            and model._auto
            and (name.startswith("feedback.") and name not in BOOKKEEPING or name == "ir.attachment")
        ]
        return {name: self.env[name].with_user(SUPERUSER_ID).search_count([]) for name in models}

    def _send(self, method, path, **options):
        self.opener.cookies.clear()
        response = self.opener.request(
            method, self.base_url() + path, allow_redirects=False, timeout=60, **{"headers": {}, **options}
        )
        self.assertLess(response.status_code, 500, (method, path, options))
        self.assertNotIn("Traceback (most recent call last)", response.text)
        return response

    def _path(self, rule, value):
        """Return a path of the rule, its arguments replaced by what was thought of."""
        parts = []
        for is_argument, part in rule._trace:
            if part != "|":
                parts.append(quote(value, safe="", errors="replace") or "x" if is_argument else part)
        return "".join(parts)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http", "werkzeug")
    def test_no_address_answers_with_an_error_of_the_server(self):
        before = self._stored()
        for rule in self._rules():
            for method in METHODS:
                with self.subTest(rule=rule.rule, method=method):
                    self._try_forms(rule, method)
        self.assertEqual(self._stored(), before, "without an answer to the barrier nothing is stored")

    def _try_forms(self, rule, method):
        @settings(steady, max_examples=12 if method in ("GET", "POST") else 3)
        @given(argument=texts, query=forms, form=forms)
        def attempt(argument, query, form):
            self._send(method, self._path(rule, argument), params=_sendable(query), data=_sendable(form))

        attempt()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http", "werkzeug")
    def test_no_body_breaks_an_address(self):
        before = self._stored()
        for rule in self._rules():
            with self.subTest(rule=rule.rule):
                self._try_bodies(rule)
        self.assertEqual(self._stored(), before)

    def _try_bodies(self, rule):
        @steady
        @given(kind=st.sampled_from(KINDS), body=st.one_of(st.binary(max_size=400), st.sampled_from(_BODIES)))
        def attempt(kind, body):
            self._send("POST", self._path(rule, "T-01"), data=body, headers={"Content-Type": kind})

        attempt()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http", "werkzeug")
    def test_no_header_breaks_an_address(self):
        @steady
        @given(
            value=st.one_of(
                st.sampled_from(("", "x", "null", "http://[bad", "uk;q=abc,,;", "*", "en-" * 500, "%00", "[::1]:x")),
                st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
            )
        )
        def attempt(value):
            names = ("Accept-Language", "Origin", "Sec-Fetch-Site", "Referer", "X-Forwarded-For", "Cookie", "Range")
            for rule in rules:
                self._send("GET", self._path(rule, "T-01"), headers=dict.fromkeys(names, value))
                self._send("POST", self._path(rule, "T-01"), headers=dict.fromkeys(names, value))

        rules = self._rules()
        attempt()

    @mute_logger("odoo.http")
    def test_whatever_passes_the_barrier_is_a_rating_or_nothing(self):
        before = self._stored()

        @settings(steady, max_examples=60)
        @given(form=st.fixed_dictionaries({"score": st.one_of(marks, texts)}), more=forms)
        def attempt(form, more):
            data = {**_sendable(more), **_sendable(form), **self._proof()}
            response = self._send("POST", "/feedback/T-01", data=data)
            self.assertIn(response.status_code, (303, 413, 422), data)

        attempt()
        after = self._stored()
        ratings = self._ratings()
        self.assertTrue(ratings, "some of it was a rating")
        self.assertEqual(after["feedback.rating"], before["feedback.rating"] + len(ratings))
        self.assertEqual({**after, "feedback.rating": 0}, {**before, "feedback.rating": 0})
        self.assertEqual(ratings.service_id, self.service)
        self.assertEqual(set(ratings.mapped("state")), {"ok"})
        self.assertEqual(ratings.create_uid.id, SUPERUSER_ID)
        for rating in ratings:
            self.assertIn(rating.score, range(1, 6))
            self.assertTrue(all(rating[name] in range(6) for name in ASPECTS))
            self.assertLessEqual(len(rating.comment or ""), COMMENT_LIMIT)
            self.assertEqual(bool(rating.contact), bool(rating.consent_date))
            self.assertNotEqual(rating.client_kind, "internal")

    @mute_logger("odoo.http")
    def test_forged_answers_to_the_barrier(self):
        @settings(steady, max_examples=40)
        @given(ticket=texts, proof=texts)
        def attempt(ticket, proof):
            data = _sendable({"score": "5", TICKET_FIELD: ticket, PROOF_FIELD: proof})
            self.assertIn(self._send("POST", "/feedback/T-01", data=data).status_code, (413, 422))

        attempt()
        self.assertFalse(self._ratings())


_BODIES = (
    b"score=5&score=6&self=1",
    b"score[]=5&score[x][y]=5",
    b"score=%ff%fe&comment=%00",
    b'{"score": 5, "self": {}}',
    b'{"jsonrpc": "2.0", "params": {"score": [[[[]]]]}}',
    b"[" * 3000,
    b'--x\r\nContent-Disposition: form-data; name="score"\r\n\r\n5\r\n--x--',
    b'--x\r\nContent-Disposition: form-data; name="score"; filename="a.exe"\r\n\r\nMZ\r\n--x--',
    b"--x\r\nContent-Disposition: form-data\r\n\r\n5\r\n--x--",
    b"&".join(b"a%d=1" % number for number in range(3000)),
)


def _sendable(fields):
    """Leave out lone surrogates: no program can encode them."""
    return {
        name.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for name, value in fields.items()
    }
