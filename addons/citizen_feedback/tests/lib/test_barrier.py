import base64
import json
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import BaseCase

from ...lib.barrier import (
    ANSWER_LIMIT,
    DIFFICULTY,
    LIFETIME,
    MINIMAL_AGE,
    PROOF_FIELD,
    TICKET_FIELD,
    TRAP,
    is_trapped,
    new_ticket,
    read_answer,
    solve,
)

KEY, PURPOSE = "a secret", "1|rating"
START = 1_800_000_000


def _at(seconds):
    import datetime

    return freeze_time(datetime.datetime.fromtimestamp(START + seconds, datetime.timezone.utc))


class TestBarrier(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.dict(DIFFICULTY, {"cost": 1, "key_prefix": "0"}))
        with _at(0):
            cls.ticket = new_ticket(KEY, PURPOSE)
        cls.proof = solve(cls.ticket)

    def _error(self, fields, key=KEY, purpose=PURPOSE, seconds=60):
        with _at(seconds):
            return read_answer(key, purpose, fields).error

    def test_a_solution_passes_at_once(self):
        with _at(0):
            answer = read_answer(KEY, PURPOSE, {PROOF_FIELD: self.proof})
        self.assertEqual((answer.error, answer.is_proof, answer.expires), ("", True, START + LIFETIME))

    def test_a_ticket_passes_when_a_person_could_have_written(self):
        self.assertEqual(self._error({TICKET_FIELD: self.ticket}, seconds=MINIMAL_AGE - 1), "early")
        with _at(MINIMAL_AGE):
            answer = read_answer(KEY, PURPOSE, {TICKET_FIELD: self.ticket, PROOF_FIELD: ""})
        self.assertEqual((answer.error, answer.is_proof), ("", False))

    def test_ticket_and_solution_are_used_up_together(self):
        with _at(60):
            nonces = {
                read_answer(KEY, PURPOSE, fields).nonce
                for fields in ({TICKET_FIELD: self.ticket}, {PROOF_FIELD: self.proof})
            }
            self.assertNotEqual(
                new_ticket(KEY, PURPOSE), new_ticket(KEY, PURPOSE), "every page has a challenge of its own"
            )
        self.assertEqual(len(nonces), 1)

    def test_both_expire(self):
        for fields in ({TICKET_FIELD: self.ticket}, {PROOF_FIELD: self.proof}):
            self.assertEqual(self._error(fields, seconds=LIFETIME), "")
            self.assertEqual(self._error(fields, seconds=LIFETIME + 1), "expired")

    def test_they_pass_for_their_purpose_and_secret_only(self):
        for fields in ({TICKET_FIELD: self.ticket}, {PROOF_FIELD: self.proof}):
            self.assertEqual(self._error(fields, purpose="1|appeal"), "invalid")
            self.assertEqual(self._error(fields, purpose="2|rating"), "invalid")
            self.assertEqual(self._error(fields, key="another secret"), "invalid")

    def test_forged_contents(self):
        for change in (
            {"expiresAt": START + 10 * LIFETIME},
            {"keyPrefix": ""},
            {"cost": 0},
            {"data": {"purpose": PURPOSE, "issued": 0}},
            {"data": None},
            {"nonce": "00" * 16},
        ):
            challenge = json.loads(base64.b64decode(self.ticket))
            challenge["parameters"].update(change)
            forged = _encode(challenge)
            solution = json.loads(base64.b64decode(self.proof))["solution"]
            with self.subTest(change=change):
                self.assertEqual(self._error({TICKET_FIELD: forged}), "invalid")
                proof = _encode({"challenge": challenge, "solution": solution})
                self.assertEqual(self._error({PROOF_FIELD: proof}), "invalid")

    def test_wrong_solutions(self):
        challenge = json.loads(base64.b64decode(self.ticket))
        good = json.loads(base64.b64decode(self.proof))["solution"]
        for change in ({"counter": good["counter"] + 1}, {"counter": -1}, {"counter": "1"}, {"derivedKey": "00" * 32}):
            with self.subTest(change=change):
                proof = _encode({"challenge": challenge, "solution": {**good, **change}})
                self.assertEqual(self._error({PROOF_FIELD: proof}), "invalid")

    def test_rubbish(self):
        shapes = (None, [], {}, "x", 5, {"parameters": []}, {"parameters": "x"}, {"challenge": 1, "solution": 2})
        for text in ("", "?", "=", "é", "\0", "A" * (ANSWER_LIMIT + 1), *map(_encode, shapes), "[" * 3000):
            with self.subTest(text=text[:20]):
                self.assertEqual(self._error({TICKET_FIELD: text}), "invalid")
                self.assertEqual(self._error({PROOF_FIELD: text}), "invalid")
        for value in (None, 5, ["x"], b"x"):
            self.assertEqual(self._error({TICKET_FIELD: value, PROOF_FIELD: value}), "invalid")

    def test_trap(self):
        self.assertTrue(is_trapped({TRAP: "http://spam.example"}))
        for value in ("", "  ", None, 5):
            self.assertFalse(is_trapped({TRAP: value}))


def _encode(value):
    return base64.b64encode(json.dumps(value).encode()).decode()
