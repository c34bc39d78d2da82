from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What can be wrong in the text of a section, in words: what it is and what to do.
PROBLEMS = {
    "unknown": _lt("there is no “%(name)s” here. Choose a placeholder of the list below the sections."),
    "like": _lt("there is no “%(name)s” here. Did you mean “%(like)s”?"),
    "private": _lt("names that begin with an underscore can't be used. Choose a placeholder of the list."),
    "call": _lt("a placeholder only names a value: no brackets, calls or filters. Choose one of the list."),
    "syntax": _lt("a placeholder is one name, as {{process.name}}, or {{each process.steps}} and {{end}}."),
    "empty": _lt("there is nothing between the braces. Write the name of a value or delete the braces."),
    "unclosed": _lt("braces are opened or closed alone. Write two before and two behind each placeholder."),
    "in_tag": _lt(
        "the placeholder is broken by formatting or stands in a link. Delete it and write it again in one piece."
    ),
    "no_end": _lt("the repeated block has no {{end}}. Write it where the block ends."),
    "end_alone": _lt("there is an {{end}} without {{each …}} before it. Delete it or begin the block."),
    "no_list": _lt("this is one value and can't be repeated. Write it without “each”."),
    "is_list": _lt("this is a list. Write {{each …}}, what is repeated, and {{end}}."),
    "is_group": _lt("this is a group of values. Name one of them: %(known)s."),
    "too_deep": _lt("repeated blocks stand in one another more than %(limit)s times. Write the inner ones apart."),
    "too_long": _lt("the text is longer than %(limit)s characters. Make two sections of it."),
    "condition": _lt("there is no such condition for this document. Choose one of the list."),
    "block": _lt("there is no such computed table for this document. Choose one of the list."),
    "level": _lt("a section has level 1, 2 or 3. Choose one of them."),
    "file": _lt("the shipped file is no template. Restore the file of the addon."),
}


class QmsDocumentTemplate(models.Model):
    """What is said to people about the texts of a template."""

    _inherit = "qms.document.template"

    @api.model
    def _problem_error(self, problem):
        """Return the error that tells what is wrong with a template: the section, the placeholder, what to do."""
        code = "like" if problem.code == "unknown" and problem.params.get("like") else problem.code
        # The sentences are lazy constants, extracted where they stand.
        sentence = self.env._(PROBLEMS[code]) % {"known": "", **problem.params}  # pylint: disable=translation-not-lazy
        if not problem.placeholder:
            return ValidationError(
                self.env._("Section “%(section)s”: %(what)s", section=problem.section, what=sentence)
            )
        return ValidationError(
            self.env._(
                "Section “%(section)s”, placeholder “%(placeholder)s”: %(what)s",
                section=problem.section,
                placeholder=problem.placeholder,
                what=sentence,
            )
        )
