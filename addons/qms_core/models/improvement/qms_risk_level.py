import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


class QmsRiskLevel(models.Model):
    """What a product of likelihood and impact means: a name, a colour, who may live with it and for how long.

    A level begins at a product and reaches to where the next one begins, so levels can't overlap.
    """

    _name = "qms.risk.level"
    _description = "Level of Risk"
    _order = "scale_id, kind desc, score_from"

    scale_id = fields.Many2one("qms.risk.scale", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scale_id.company_id", store=True, index=True)
    kind = fields.Selection([("risk", "Risk"), ("opportunity", "Opportunity")], required=True, default="risk")
    score_from = fields.Integer("From", required=True, default=1, help="Lowest product of likelihood and impact.")
    score_to = fields.Integer("To", compute="_compute_score_to")
    name = fields.Char(required=True, translate=True)
    color = fields.Char("Colour", required=True, default="#F7D774")
    needs_decision = fields.Boolean(
        "Accepted from Above",
        help="A risk of this level is accepted only by the chief quality commissioner or the top management.",
    )
    review_months = fields.Integer("Review after Months", required=True, default=6)

    _start = models.UniqueIndex(
        "(scale_id, kind, score_from)", "Another level begins at this product. Let each level begin at its own."
    )
    _months_range = models.Constraint(
        "CHECK (review_months BETWEEN 1 AND 60)", "Review a risk after 1 to 60 months. Correct the number."
    )

    @api.constrains("color")
    def _check_color(self):
        for level in self:
            if not COLOR.fullmatch(level.color or ""):
                raise ValidationError(
                    self.env._("“%s” is no colour. Choose one, or write it as #RRGGBB.", level.color or "")
                )

    @api.depends("kind", "score_from", "scale_id.size", "scale_id.level_ids.score_from", "scale_id.level_ids.kind")
    def _compute_score_to(self):
        for level in self:
            others = level.scale_id.level_ids.filtered(lambda other, kind=level.kind: other.kind == kind)
            next_start = min((start for start in others.mapped("score_from") if start > level.score_from), default=0)
            level.score_to = next_start - 1 if next_start else level.scale_id.size**2
