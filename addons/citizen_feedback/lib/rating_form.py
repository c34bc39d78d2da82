"""What a visitor sent, read and judged. Plain Python: no database, no request.

Everything that comes from outside passes through ``read_rating``, so that no other code has to doubt it.
Errors are codes; the texts for people belong to the model, where they are translated.
"""

import unicodedata
from dataclasses import dataclass, field

ASPECTS = ("clarity", "waiting", "courtesy", "competence", "comfort")
MARKS = ("1", "2", "3", "4", "5")
PUBLIC_CHANNELS = ("web", "qr")
COMMENT_LIMIT = 1200
# What is given back to the visitor for correction; a form of our own can't be longer.
ECHO_LIMIT = 10_000
ALLOWED_CONTROLS = frozenset("\n\t")
# They turn the direction of writing, so that a text reads otherwise than it is stored.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass
class RatingForm:
    """A rating as it was sent: clean values, errors by field, and the texts to show again."""

    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)


def read_rating(fields):
    """Read the fields of a posted form.

    :param fields: a mapping of whatever was sent: names to texts, or to anything else
    :return: the form; ``values`` can be stored when ``errors`` is empty
    :rtype: RatingForm

    >>> read_rating({"score": "4", "comment": " Good "}).values
    {'score': 4, 'comment': 'Good', 'channel': 'web'}
    >>> read_rating({"score": "6"}).errors
    {'score': 'mark'}
    >>> read_rating({}).errors
    {'score': 'missing'}
    """
    form = RatingForm()
    for name in ("score", *ASPECTS):
        _read_mark(form, name, _text(fields, name))
    _read_comment(form, _text(fields, "comment"))
    channel = _text(fields, "channel")
    form.texts["channel"] = form.values["channel"] = channel if channel in PUBLIC_CHANNELS else "web"
    return form


def clean_text(text, limit=ECHO_LIMIT):
    """Return a text without the characters that neither a page nor the database can hold, cut to a length."""
    return "".join(char for char in text[:limit] if char in ALLOWED_CONTROLS or _is_writing(char))


def _is_writing(char):
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in DIRECTION_MARKS


def _text(fields, name):
    value = fields.get(name, "")
    return value.replace("\r\n", "\n").strip(" \t\r\n") if isinstance(value, str) else ""


def _read_mark(form, name, text):
    if text in MARKS:
        form.texts[name] = text
        form.values[name] = int(text)
    elif text:
        form.errors[name] = "mark"
    elif name == "score":
        form.errors[name] = "missing"


def _read_comment(form, text):
    form.texts["comment"] = clean_text(text)
    if len(text) > COMMENT_LIMIT:
        form.errors["comment"] = "long"
    elif "\0" in text:
        form.errors["comment"] = "characters"
    elif form.texts["comment"]:
        form.values["comment"] = form.texts["comment"]
