from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    feedback_address_limit = fields.Integer(
        "Ratings per Address",
        default=10,
        help="So many ratings are taken from one network address in ten minutes. A service centre whose visitors "
        "share one connection needs more.",
    )
    feedback_hour_limit = fields.Integer(
        "Ratings per Hour",
        default=1000,
        help="So many ratings of the authority's services are taken in an hour, from all addresses together; half of "
        "them at most from one network.",
    )

    _feedback_limits_positive = models.Constraint(
        "CHECK (feedback_address_limit > 0 AND feedback_hour_limit > 0)",
        "The limits of ratings must be greater than zero, otherwise nobody can rate anything. Correct them.",
    )
