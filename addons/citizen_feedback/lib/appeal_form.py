"""What a citizen sent by the pages for appeals, read and judged. Plain Python: no database, no request.

Everything that comes from outside passes through these functions, so that no other code has to doubt it. Errors are
codes by field; the texts for people belong to the pages, where they are translated.
"""

import re
from dataclasses import dataclass, field

from .contact import contact_key, is_email
from .rating_form import MARKS, clean_text, is_visible

TEXT_LIMIT = 10_000
MESSAGE_LIMIT = 4_000
# By field: how long it may be.
LINES = {"author_name": 120, "author_contact": 120, "author_address": 250, "organisation": 200}
CODE_LIMIT = 64
SOLVED = {"yes": "solved", "no": "unsolved"}

EMAIL = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]{2,}")
PHONE = re.compile(r"\+?[\d\s().-]{5,}")


@dataclass
class CitizenForm:
    """What was sent: clean values, errors by field, and the texts to show again for correction."""

    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)


def read_appeal(fields, kinds, places=()):
    """Read the fields of a posted appeal.

    :param fields: a mapping of whatever was sent: names to texts, or to anything else
    :param kinds: the codes of the kinds that may be chosen
    :param places: the keys of the territories that may be chosen; whoever wishes names one
    :return: the form; ``values`` can be stored when ``errors`` is empty
    :rtype: CitizenForm

    >>> read_appeal({"kind": "complaint", "text": "The lift is broken."}, ["complaint"]).values
    {'kind': 'complaint', 'text': 'The lift is broken.'}
    >>> read_appeal({"kind": "petition"}, ["complaint"]).errors
    {'kind': 'missing', 'text': 'missing'}
    >>> read_appeal({"kind": "complaint", "text": "x", "author_name": "A"}, ["complaint"]).errors
    {'consent': 'missing'}
    """
    form = CitizenForm()
    kind = _text(fields, "kind")
    if kind in kinds:
        form.texts["kind"] = form.values["kind"] = kind
    else:
        form.errors["kind"] = "missing"
    _read_text(form, "text", _text(fields, "text"), TEXT_LIMIT)
    place = _text(fields, "territory")
    if place in places:
        form.texts["territory"] = form.values["territory"] = place
    elif place:
        form.errors["territory"] = "choice"
    for name, limit in LINES.items():
        _read_line(form, name, _text(fields, name), limit)
    _read_contact(form)
    _read_consent(form, _text(fields, "consent"))
    return form


def read_message(fields, limit=MESSAGE_LIMIT):
    """Read what a citizen adds to his appeal, or why he opens it again.

    >>> read_message({"text": " Thanks "}).values
    {'text': 'Thanks'}
    >>> read_message({"text": ""}).errors
    {'text': 'missing'}
    """
    form = CitizenForm()
    _read_text(form, "text", _text(fields, "text"), limit)
    return form


def read_satisfaction(fields):
    """Read what a citizen thinks of the answer, and whether his question is solved.

    >>> read_satisfaction({"score": "2", "solved": "no"}).values
    {'score': 2, 'is_solved': 'unsolved'}
    >>> sorted(read_satisfaction({"score": "6"}).errors.items())
    [('score', 'missing'), ('solved', 'missing')]
    """
    form = CitizenForm()
    score, solved = _text(fields, "score"), _text(fields, "solved")
    if score in MARKS:
        form.values["score"] = int(score)
        form.texts["score"] = score
    else:
        form.errors["score"] = "missing"
    if solved in SOLVED:
        form.values["is_solved"] = SOLVED[solved]
        form.texts["solved"] = solved
    else:
        form.errors["solved"] = "missing"
    return form


def read_code(fields):
    """Return the receipt code as it was typed or pasted; empty where nothing usable was sent.

    >>> read_code({"code": " ABCD-2345 "})
    'ABCD-2345'
    >>> read_code({"code": "x" * 65})
    ''
    """
    code = clean_text(_text(fields, "code"))
    return code if len(code) <= CODE_LIMIT else ""


def _text(fields, name):
    value = fields.get(name, "")
    return value.replace("\r\n", "\n").strip(" \t\r\n") if isinstance(value, str) else ""


def _read_text(form, name, text, limit):
    form.texts[name] = clean_text(text, limit)
    if len(text) > limit:
        form.errors[name] = "long"
    elif "\0" in text:
        form.errors[name] = "characters"
    elif is_visible(form.texts[name]):
        form.values[name] = form.texts[name]
    else:
        form.errors[name] = "missing"


def _read_line(form, name, text, limit):
    line = " ".join(clean_text(text, limit).split())
    # A name that nobody can see is none: it must not make a message an appeal by law.
    line = line if is_visible(line) else ""
    form.texts[name] = line
    if len(text) > limit:
        form.errors[name] = "long"
    elif line:
        form.values[name] = line


def _read_contact(form):
    contact = form.values.get("author_contact")
    if not contact:
        return
    pattern = EMAIL if is_email(contact) else PHONE
    # By its key an author is found again; five dots have none.
    if not pattern.fullmatch(contact) or not contact_key(contact):
        form.errors["author_contact"] = "contact"


def _read_consent(form, text):
    """Whoever leaves something of himself says that it may be kept."""
    form.texts["consent"] = text == "yes"
    if text == "yes":
        form.values["consent"] = True
    elif any(form.texts[name] for name in LINES):
        form.errors["consent"] = "missing"
