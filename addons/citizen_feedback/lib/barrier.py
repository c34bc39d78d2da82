"""The barrier against programs: proof of work, or a form token with a minimal age where no script runs.

Plain Python: no database, no request. A page carries one signed challenge of altcha, the ticket. A browser with
JavaScript spends a second of work on it and sends the solution; one without sends the ticket back as it is, but not
before a person could have filled in the form. Both name the same nonce, which may be used once: what was used is
remembered by the caller, as altcha itself would take a solution any number of times.
"""

import base64
import json
import time
from dataclasses import dataclass

import altcha

ALGORITHM = "PBKDF2/SHA-256"
# 4096 tries on average, of 200 rounds each: about a second of a phone, a tenth of a millisecond to check.
DIFFICULTY = {"cost": 200, "key_prefix": "000"}
LIFETIME = 2 * 3600
# No person fills in a form in less; a ticket that comes back sooner was sent by a program.
MINIMAL_AGE = 4
TICKET_FIELD = "ticket"
PROOF_FIELD = "altcha"
# People don't see this field and leave it empty; programs that fill in every field don't.
TRAP = "homepage"
# What we send out is a third of it.
ANSWER_LIMIT = 4096


@dataclass
class Answer:
    """What came back with a form: which challenge, until when it is valid, and what is wrong with it."""

    error: str = ""
    nonce: str = ""
    expires: int = 0
    is_proof: bool = False


def new_ticket(key, purpose):
    """Return a new challenge as text, for a hidden field.

    :param str key: the secret that signs
    :param str purpose: what it is good for, and where; it passes for nothing else
    """
    now = int(time.time())
    challenge = altcha.create_challenge(
        ALGORITHM,
        **DIFFICULTY,
        expires_at=now + LIFETIME,
        data={"purpose": purpose, "issued": now},
        hmac_secret=key,
    )
    return base64.b64encode(json.dumps(challenge.to_dict()).encode()).decode()


def read_answer(key, purpose, fields):
    """Judge the barrier's fields of a posted form.

    :param str key: the secret that signed the ticket
    :param str purpose: as in ``new_ticket``
    :param fields: a mapping of whatever was sent
    :return: the answer; its ``error`` is "" or one of ``invalid``, ``expired``, ``early``
    :rtype: Answer
    """
    proof, ticket = (_text(fields, name) for name in (PROOF_FIELD, TICKET_FIELD))
    answer = _read_proof(key, purpose, proof) if proof else _read_ticket(key, purpose, ticket)
    # Nothing of what is wrong may be used any further.
    return Answer(error=answer.error) if answer.error else answer


def is_trapped(fields):
    """Tell whether the field that people don't see was filled in."""
    return bool(_text(fields, TRAP).strip())


def solve(ticket):
    """Solve a ticket as the browser does; for tests and programs that are let in."""
    challenge = altcha.Challenge.from_dict(_decode(ticket))
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def _read_proof(key, purpose, proof):
    checked = altcha.verify_solution(proof, key)
    if checked.expired:
        return Answer(error="expired")
    if not checked.verified:
        return Answer(error="invalid")
    return _answer(_decode(proof)["challenge"], purpose, is_proof=True)


def _read_ticket(key, purpose, ticket):
    try:
        challenge = altcha.Challenge.from_dict(_decode(ticket))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Answer(error="invalid")
    # Altcha judges the signature before the solution; the empty one fails after it.
    checked = altcha.verify_solution(altcha.Payload(challenge, altcha.Solution(0, "")), key)
    if checked.expired:
        return Answer(error="expired")
    if checked.invalid_signature is not False:
        return Answer(error="invalid")
    return _answer(challenge.to_dict(), purpose)


def _answer(challenge, purpose, is_proof=False):
    """Return the answer of a challenge whose signature is ours."""
    parameters = challenge["parameters"]
    if parameters["data"]["purpose"] != purpose:
        return Answer(error="invalid")
    if not is_proof and parameters["data"]["issued"] + MINIMAL_AGE > time.time():
        return Answer(error="early")
    return Answer(nonce=parameters["nonce"], expires=parameters["expiresAt"], is_proof=is_proof)


def _text(fields, name):
    value = fields.get(name, "")
    return value if isinstance(value, str) and len(value) <= ANSWER_LIMIT else ""


def _decode(text):
    return json.loads(base64.b64decode(text).decode())
