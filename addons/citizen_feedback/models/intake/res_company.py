from odoo import fields, models
from odoo.tools import ormcache

# What is limited apart: from one address in ten minutes, from all of them together in an hour.
LIMITS = {
    "rating": ("feedback_address_limit", "feedback_hour_limit"),
    **{
        purpose: (f"feedback_{purpose}_address_limit", f"feedback_{purpose}_hour_limit")
        for purpose in ("appeal", "follow", "api", "plain")
    },
}
# What each form that is sent in is judged by.
FIGURES = ("qms_low_rating", *(name for names in LIMITS.values() for name in names))


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
    feedback_appeal_address_limit = fields.Integer("Appeals per Address", default=5)
    feedback_appeal_hour_limit = fields.Integer("Appeals per Hour", default=200)
    feedback_follow_address_limit = fields.Integer("Looks at Appeals per Address", default=20)
    feedback_follow_hour_limit = fields.Integer("Looks at Appeals per Hour", default=1000)
    feedback_api_address_limit = fields.Integer("API Calls per Address", default=100)
    feedback_api_hour_limit = fields.Integer("API Calls per Hour", default=5000)
    feedback_plain_address_limit = fields.Integer("Forms without JavaScript per Address", default=5)
    feedback_plain_hour_limit = fields.Integer("Forms without JavaScript per Hour", default=200)

    _feedback_limits_positive = models.Constraint(
        "CHECK (LEAST({}) > 0)".format(", ".join(FIGURES[1:])),
        "A limit must be greater than zero, otherwise nobody can send anything. Correct it.",
    )

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if not set(FIGURES).isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    # === BUSINESS METHODS === #

    def _feedback_limits(self, purpose):
        """Return how many forms are taken: from one address in ten minutes, from all of them in an hour.

        :param str purpose: a key of ``LIMITS``
        :rtype: tuple
        """
        self.ensure_one()
        figures = self._feedback_figures()
        return tuple(figures[name] for name in LIMITS[purpose])

    @ormcache("self.id")
    def _feedback_figures(self):
        """Return the limits and the low mark by field. Kept in memory: every form asks, and they hardly change."""
        company = self.sudo()  # sudo: neither visitors nor operators read the settings of an authority.
        return {name: company[name] for name in FIGURES}
