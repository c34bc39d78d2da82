"""What a visitor sent, read and judged. Plain Python: no database, no request.

Everything that comes from outside passes through ``read_rating``, so that no other code has to doubt it.
Errors are codes; the texts for people belong to the model, where they are translated.
"""

import unicodedata
from dataclasses import dataclass, field

ASPECTS = ("timeliness", "waiting", "courtesy", "competence", "clarity", "comfort", "accessibility", "ease")
MARKS = ("1", "2", "3", "4", "5")
# An answer as well, but no mark: neither the middle of the scale nor silence.
NOT_APPLICABLE = "na"
# Employees rate inside, as those they are known to be.
PUBLIC_KINDS = ("citizen", "business")
PUBLIC_CHANNELS = ("web", "qr")
COMMENT_LIMIT = 1200
CONTACT_LIMIT = 200
# What is given back to the visitor for correction; a form of our own can't be longer.
ECHO_LIMIT = 10_000
ALLOWED_CONTROLS = frozenset("\n\t")
# Letters and signs by their class, but nothing is drawn.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# They turn the direction of writing, so that a text reads otherwise than it is stored.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass
class RatingForm:
    """A rating as it was sent: clean values, errors by field, and the texts to show again."""

    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)


def read_rating(fields, asked=ASPECTS):
    """Read the fields of a posted form.

    :param fields: a mapping of whatever was sent: names to texts, or to anything else
    :param asked: the aspects that the form asks; what is sent about others is not read
    :return: the form; ``values`` can be stored when ``errors`` is empty
    :rtype: RatingForm

    >>> read_rating({"score": "4", "comment": " Good "}).values
    {'score': 4, 'comment': 'Good', 'client_kind': 'citizen', 'channel': 'web'}
    >>> read_rating({"score": "4", "waiting": "na"}).values["inapplicable"]
    'waiting'
    >>> read_rating({"score": "6"}).errors
    {'score': 'mark'}
    >>> read_rating({}).errors
    {'score': 'missing'}
    """
    form = RatingForm()
    _read_score(form, _text(fields, "score"))
    _read_aspects(form, {name: _text(fields, name) for name in ASPECTS if name in asked})
    _read_comment(form, _text(fields, "comment"))
    _read_contact(form, _text(fields, "contact"), bool(_text(fields, "consent")))
    kind = _text(fields, "client_kind")
    form.texts["client_kind"] = form.values["client_kind"] = kind if kind in PUBLIC_KINDS else "citizen"
    channel = _text(fields, "channel")
    form.texts["channel"] = form.values["channel"] = channel if channel in PUBLIC_CHANNELS else "web"
    return form


def clean_text(text, limit=ECHO_LIMIT):
    """Return a text without the characters that neither a page nor the database can hold, cut to a length."""
    return "".join(char for char in text[:limit] if char in ALLOWED_CONTROLS or _is_writing(char))


def is_visible(text):
    """Tell whether anything of a text can be seen.

    >>> is_visible("\u200b \u3164"), is_visible("👍")
    (False, True)
    """
    return any(unicodedata.category(char)[0] in "LMNPS" and char not in BLANKS for char in text)


def _is_writing(char):
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in DIRECTION_MARKS


def _text(fields, name):
    value = fields.get(name, "")
    return value.replace("\r\n", "\n").strip(" \t\r\n") if isinstance(value, str) else ""


def _read_score(form, text):
    if not text:
        form.errors["score"] = "missing"
    else:
        _read_mark(form, "score", text)


def _read_aspects(form, texts):
    for name, text in texts.items():
        if text == NOT_APPLICABLE:
            form.texts[name] = text
        elif text:
            _read_mark(form, name, text)
    inapplicable = [name for name, text in texts.items() if text == NOT_APPLICABLE]
    if inapplicable:
        form.values["inapplicable"] = ",".join(inapplicable)


def _read_mark(form, name, text):
    if text in MARKS:
        form.texts[name] = text
        form.values[name] = int(text)
    else:
        form.errors[name] = "mark"


def _read_contact(form, text, has_consent):
    """Read how the visitor may be answered: only with his consent is it kept at all."""
    contact = clean_text(text).replace("\n", " ").replace("\t", " ").strip()
    form.texts["contact"] = contact
    form.texts["consent"] = "yes" if has_consent else ""
    if len(contact) > CONTACT_LIMIT:
        form.errors["contact"] = "contact"
    elif contact and not has_consent:
        form.errors["contact"] = "consent"
    elif contact:
        form.values["contact"] = contact


def _read_comment(form, text):
    form.texts["comment"] = clean_text(text)
    if len(text) > COMMENT_LIMIT:
        form.errors["comment"] = "long"
    elif "\0" in text:
        form.errors["comment"] = "characters"
    elif is_visible(form.texts["comment"]):
        form.values["comment"] = form.texts["comment"]
