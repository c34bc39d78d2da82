from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    feedback_retention_active = fields.Boolean(
        "Remove Personal Data by itself",
        help="Without it the nightly run only tells how much it would remove. What is removed can't be brought back.",
    )
    feedback_rating_months = fields.Integer(
        "Contacts of Ratings (months)",
        default=12,
        help="So long after the rating its contact and the scan of its paper form are kept; 0 keeps them for ever.",
    )
    feedback_appeal_months = fields.Integer(
        "Authors of Appeals (months)",
        default=60,
        help="So long after an appeal was closed its author, words and files are kept; 0 keeps them for ever. "
        "Mind how long the law on archives wants appeals kept.",
    )

    _feedback_months_range = models.Constraint(
        "CHECK (feedback_rating_months >= 0 AND feedback_appeal_months >= 0)",
        "A period of keeping can't be negative. Enter months, or 0 to keep the data for ever.",
    )
