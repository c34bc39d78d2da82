"""What a portal or an app sent as JSON, read and judged. Plain Python: no database, no request."""

import json

# Deeper than any message of ours; a deeper one is not read.
BODY_LIMIT = 64 * 1024


class BadRequestError(Exception):
    """What was sent can't be read; ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read_object(body):
    """Return the JSON object of a request's body.

    :param bytes body: what was sent
    :rtype: dict
    :raises BadRequestError: ``large``, ``json`` or ``object``

    >>> read_object(b'{"score": 5}')
    {'score': 5}
    """
    if len(body) > BODY_LIMIT:
        raise BadRequestError("large")
    try:
        value = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadRequestError("json") from None
    if not isinstance(value, dict):
        raise BadRequestError("object")
    return value


def as_form(values):
    """Return an object's values as a form would have sent them: whole numbers and texts as texts, nothing else.

    >>> as_form({"score": 5, "comment": "Good", "waiting": True, "else": [1]})
    {'score': '5', 'comment': 'Good', 'waiting': 'true', 'else': '?'}
    """
    return {str(name): _as_text(value) for name, value in values.items()}


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        # True is a one to Python, but no mark.
        return str(value).lower()
    if isinstance(value, str):
        return value
    # A mark of 4.5 must not become 4, nor a list vanish: neither is any mark.
    return str(value) if isinstance(value, int) and abs(value) < 10**6 else "?"


def _refuse(name):
    raise ValueError(name)
