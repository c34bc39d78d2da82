from odoo import api, models
from odoo.fields import Domain


class FeedbackBatch(models.Model):
    """A pack whose ratings stay; the pictures of its forms, with what people wrote by hand, do not."""

    _name = "feedback.batch"
    _inherit = ["feedback.batch", "feedback.personal.mixin"]

    # Nobody is found by a picture: it goes with the contacts of its ratings, or when one of them is removed.
    _personal_fields = ("scan", "scan_name")
    _personal_date = "date"
    _personal_months = "feedback_rating_months"

    # === BUSINESS METHODS === #

    @api.model
    def _personal_closed_domain(self):
        return Domain("state", "=", "closed")

    def _forget_scan(self):
        """Remove the pictures because a person whose form is on them asked for it; the packs have one file each."""
        self._write_past_gates(dict.fromkeys(self._personal_fields, False))
