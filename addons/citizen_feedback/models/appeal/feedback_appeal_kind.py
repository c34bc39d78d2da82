from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.legal_term import Term

UNITS = [("calendar", "Calendar days"), ("working", "Working days"), ("month", "Months")]


class FeedbackAppealKind(models.Model):
    """A kind of appeal with the terms that the law sets for it."""

    _name = "feedback.appeal.kind"
    _description = "Kind of Appeal"
    _order = "profile_id, sequence, id"
    _rec_names_search = ["name", "code"]

    profile_id = fields.Many2one("feedback.legal.profile", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    nature = fields.Selection(
        [
            ("suggestion", "Suggestion"),
            ("application", "Application"),
            ("complaint", "Complaint"),
            ("information", "Information request"),
            ("thanks", "Thanks"),
        ],
        required=True,
        default="application",
    )
    who_may = fields.Char("Who may send it", translate=True)
    legal_basis = fields.Char(translate=True)
    is_public = fields.Boolean("Offered to Citizens", default=True, help="It can be chosen on the public page.")
    needs_answer = fields.Boolean("Is answered", default=True)
    needs_identity = fields.Boolean(
        "Needs an Identified Author", default=True, help="Without one it is a message, not an appeal."
    )
    registration_count = fields.Integer("Registration", default=1)
    registration_unit = fields.Selection(UNITS, "Unit of Registration", required=True, default="working")
    forwarding_count = fields.Integer("Forwarding", help="0 if it can't be forwarded to another authority.")
    forwarding_unit = fields.Selection(UNITS, "Unit of Forwarding", required=True, default="calendar")
    simple_count = fields.Integer(
        "Answer without Study", help="Where nothing has to be looked into; 0 if the law makes no difference."
    )
    simple_unit = fields.Selection(UNITS, "Unit of Simple Answer", required=True, default="calendar")
    answer_count = fields.Integer("Answer")
    answer_unit = fields.Selection(UNITS, "Unit of Answer", required=True, default="calendar")
    extension_count = fields.Integer("Extension", help="By so much at most; 0 if it can't be extended.")
    extension_unit = fields.Selection(UNITS, "Unit of Extension", required=True, default="calendar")
    total_count = fields.Integer("At most in all", help="With the extension; 0 if the law sets no limit.")
    total_unit = fields.Selection(UNITS, "Unit of the Limit", required=True, default="calendar")
    extension_by = fields.Selection(
        [("manager", "Feedback manager"), ("top", "Top management")],
        "Extension signed by",
        required=True,
        default="top",
    )
    extension_notice = fields.Boolean("Author is told of an Extension", default=True)
    terms_text = fields.Char("Terms in Words", compute="_compute_terms_text")

    _code_profile = models.UniqueIndex(
        "(profile_id, code)", "The profile has a kind with this code already. Choose a new code."
    )
    _counts = models.Constraint(
        "CHECK (registration_count >= 0 AND forwarding_count >= 0 AND simple_count >= 0 AND answer_count >= 0 "
        "AND extension_count >= 0 AND total_count >= 0)",
        "A term can't be negative. Correct it, or enter 0 where the law sets none.",
    )

    # === CONSTRAINTS === #

    @api.constrains("needs_answer", "answer_count")
    def _check_terms(self):
        for kind in self:
            if kind.needs_answer and not kind.answer_count:
                raise ValidationError(
                    self.env._(
                        "“%s” has no term for the answer, so no deadline could be counted. Enter the term of the law, "
                        "or say that this kind is not answered.",
                        kind.name,
                    )
                )

    # === COMPUTES === #

    @api.depends(
        "needs_answer",
        *(f"{name}_{part}" for name in ("answer", "simple", "total", "extension") for part in ("count", "unit")),
    )
    @api.depends_context("lang")
    def _compute_terms_text(self):
        for kind in self:
            kind.terms_text = kind._words_of_terms()

    # === BUSINESS METHODS === #

    def _term(self, name):
        """Return a term of the kind.

        :param str name: ``registration``, ``forwarding``, ``simple``, ``answer``, ``extension`` or ``total``
        :rtype: lib.legal_term.Term
        """
        self.ensure_one()
        return Term(self[f"{name}_count"], self[f"{name}_unit"])

    def _words_of_terms(self):
        """Return what the author can expect, in words of the environment's language."""
        self.ensure_one()
        if not self.needs_answer:
            return self.env._("It is passed on; there is no answer.")
        words = [self.env._("Answer within %s.", self._words_of(self._term("answer")))]
        if simple := self._term("simple"):
            words.append(self.env._("Where nothing has to be looked into: within %s.", self._words_of(simple)))
        if total := self._term("total"):
            words.append(self.env._("Extended with a notice to you: %s in all at most.", self._words_of(total)))
        elif extension := self._term("extension"):
            words.append(self.env._("Extended with a notice to you: by %s at most.", self._words_of(extension)))
        # A unit that is abbreviated ends with a stop of its own.
        return " ".join(words).replace("..", ".")

    def _words_of(self, term):
        if term.unit == "working":
            return self.env._("%s working day(s)", term.count)
        if term.unit == "month":
            return self.env._("%s month(s)", term.count)
        return self.env._("%s calendar day(s)", term.count)
