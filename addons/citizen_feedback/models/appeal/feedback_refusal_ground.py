from odoo import fields, models


class FeedbackRefusalGround(models.Model):
    """For what a law lets an authority leave an appeal without an answer on its substance."""

    _name = "feedback.refusal.ground"
    _description = "Ground for Refusing an Appeal"
    _order = "sequence, id"

    profile_id = fields.Many2one("feedback.legal.profile", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Ground", required=True, translate=True)
    legal_basis = fields.Char(translate=True)
    notice_days = fields.Integer(
        "Notice (calendar days)", help="Within so many days the author is told; 0 where the law sets no term for it."
    )

    _notice_range = models.Constraint(
        "CHECK (notice_days >= 0)", "The days of the notice can't be negative. Correct them."
    )
