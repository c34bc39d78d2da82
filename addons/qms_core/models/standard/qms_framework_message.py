from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What the checks of a framework file find, in words: what is wrong and what to do.
PROBLEMS = {
    "not_utf8": _lt("The file is not text in UTF-8. Save it as UTF-8."),
    "not_json": _lt("The file is no valid JSON: see line %(line)s, column %(column)s. Correct it there."),
    "not_object": _lt("The file holds no framework. A framework file is one JSON object with the key “schema”."),
    "double_key": _lt("The key stands there twice. Keep one of them."),
    "too_large": _lt("The file is larger than %(limit)s MB, so it was not read."),
    "unknown_schema": _lt(
        "The file has schema %(schema)s, this program reads schema %(known)s. Use a file made for this version."
    ),
    "unknown_kind": _lt("“%(kind)s” is no kind of file. Choose one of: %(known)s."),
    "missing_key": _lt("The key “%(key)s” is missing. Add it."),
    "unknown_key": _lt("The key “%(key)s” is unknown. Correct or delete it."),
    "no_object": _lt("Here an object in braces is expected."),
    "no_list": _lt("Here a list with at least one entry is expected."),
    "bad_languages": _lt("Name the languages of the file by two letters, each once, “en” among them."),
    "no_texts": _lt("Here a text in each language is expected: %(languages)s."),
    "missing_translation": _lt("The text in the language “%(language)s” is missing. Add it."),
    "unknown_language": _lt("The language “%(language)s” is not among the languages of the file. Add it there."),
    "bad_code": _lt("“%(value)s” is no code. Use up to 64 characters without spaces, commas and semicolons."),
    "no_text": _lt("Here a text is expected."),
    "bad_revision": _lt("“%(value)s” is no version of a file. Number the versions 1, 2, 3…"),
    "bad_flag": _lt("“%(value)s” is neither true nor false."),
    "bad_day": _lt("“%(value)s” is no day. Write it as YYYY-MM-DD."),
    "wrong_way_round": _lt("The edition ends on %(end)s, before it begins on %(start)s. Correct one of the days."),
    "supersedes_itself": _lt("An edition can't replace itself. Name the edition before it."),
    "double_clause": _lt("The clause stands there twice. Keep one of them."),
    "missing_parent": _lt("The clause is part of %(parent)s, which is not in the file. Add it or correct the parent."),
    "parent_circle": _lt("The clauses are part of one another: %(path)s. Give one of them another parent."),
    "bad_strength": _lt("“%(value)s” is no strength. Choose one of: %(known)s."),
    "double_link": _lt("The two clauses are mapped twice. Keep one of the links."),
    "mapped_to_itself": _lt("The mapping leads back to where it starts: %(path)s. Name two different standards."),
}


class QmsFramework(models.AbstractModel):
    """What is said to people about a framework file."""

    _inherit = "qms.framework"

    @api.model
    def _problem_line(self, problem):
        """Return what is wrong and what to do, with the place in the file."""
        # The sentences are lazy constants, extracted where they stand.
        sentence = self.env._(PROBLEMS[problem.code]) % problem.params  # pylint: disable=translation-not-lazy
        if problem.place:
            return self.env._("%(place)s: %(sentence)s", place=problem.place, sentence=sentence)
        return sentence
