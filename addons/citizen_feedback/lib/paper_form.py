"""A form of a paper questionnaire as an operator keys it in. Plain Python: no database.

A mark is a text: "1" to "5", "0" for "does not apply", empty for no answer.
"""

from .rating_form import ASPECTS, MARKS, NOT_APPLICABLE, read_rating

DOES_NOT_APPLY = "0"


def read_form(marks, comment="", contact=""):
    """Read one form by the same rules as one that was posted.

    :param marks: mapping of ``score`` and aspects to marks; anything else is ignored, as are other types
    :param comment: what the visitor wrote
    :param contact: how he may be answered; the form has the words by which he agrees that it is kept
    :return: ``lib.rating_form.RatingForm``

    >>> read_form({"score": "4", "waiting": "0", "comfort": ""}).values["score"]
    4
    >>> read_form({"score": "6"}).errors
    {'score': 'mark'}
    """
    marks = marks if isinstance(marks, dict) else {}
    fields = {name: _posted(name, marks.get(name)) for name in ("score", *ASPECTS)}
    form = read_rating({**fields, "comment": comment, "contact": contact, "consent": "yes"})
    # The way is the batch's, not the form's.
    form.values.pop("channel", None)
    return form


def clean_marks(marks):
    """Return what of the marks is worth keeping: known names, marks that exist.

    >>> clean_marks({"score": "4", "comfort": "0", "waiting": "", "else": "1"})
    {'score': '4', 'comfort': '0'}
    """
    allowed = {*MARKS, DOES_NOT_APPLY}
    return {name: marks[name] for name in ("score", *ASPECTS) if marks.get(name) in allowed}


def _posted(name, mark):
    if name != "score" and mark == DOES_NOT_APPLY:
        return NOT_APPLICABLE
    # Paper has its own sign for it: the form's is none here.
    return "?" if mark == NOT_APPLICABLE else mark
