from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .feedback_expert_visit import KEEPERS

# Whose score of what: made with the visit.
PLACE = frozenset({"visit_id", "member_id", "criterion_id"})


class FeedbackExpertScore(models.Model):
    """What one expert gives for one criterion. That it can't be judged is an answer, and no middle score."""

    _name = "feedback.expert.score"
    _description = "Expert's Score"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "visit_id, member_id, sequence, id"
    _frozen_parent = "visit_id"

    visit_id = fields.Many2one("feedback.expert.visit", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    member_id = fields.Many2one(
        "feedback.expert.member", "Expert", required=True, index=True, readonly=True, ondelete="restrict"
    )
    criterion_id = fields.Many2one("feedback.criterion", required=True, index=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    guidance = fields.Text(related="criterion_id.guidance")
    scale_max = fields.Integer(related="visit_id.set_id.scale_max")
    score = fields.Integer(
        aggregator="avg", help="From 1, the worst, to the best score of the criteria. 0: not given yet."
    )
    is_not_judged = fields.Boolean("Can't be judged")
    comment = fields.Char("Remark")

    _once = models.UniqueIndex("(visit_id, member_id, criterion_id)", "The expert has a score for this already.")

    # === CONSTRAINTS === #

    @api.constrains("score", "is_not_judged")
    def _check_score(self):
        for score in self:
            if not 0 <= score.score <= score.scale_max:
                raise ValidationError(
                    self.env._(
                        "A score lies between 1 and %(best)s. Correct “%(criterion)s”.",
                        best=score.scale_max,
                        criterion=score.criterion_id.name,
                    )
                )
            if score.is_not_judged and score.score:
                raise ValidationError(
                    self.env._(
                        "“%s” can't both have a score and not be judged. Keep one of them.", score.criterion_id.name
                    )
                )

    # === CRUD === #

    def write(self, vals):
        if not self.env.su:
            if PLACE & set(vals):
                raise AccessError(self.env._("Whose score it is and of what is decided with the visit, and stays."))
            for score in self:
                if not score._may_be_given_by_me():
                    raise AccessError(
                        self.env._(
                            "Each expert gives his own scores; for an expert without login the chair or the secretary "
                            "does it."
                        )
                    )
        return super().write(vals)

    # === ACCESS === #

    def _may_be_given_by_me(self):
        self.ensure_one()
        user, member = self.env.user, self.member_id.sudo()  # sudo: who may score, whoever asks
        if member.user_id:
            return member.user_id == user
        return user in member.commission_id.member_ids.filtered(lambda other: other.role in KEEPERS).user_id

    # === BUSINESS METHODS === #

    def _is_given(self):
        return bool(self.score or self.is_not_judged)
