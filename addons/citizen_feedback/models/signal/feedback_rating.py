from odoo import models


class FeedbackRating(models.Model):
    _inherit = "feedback.rating"

    # Serves the rules that look at what has come lately. They arrive in the order of time, so that an index of blocks
    # is enough, which costs a visitor nothing.
    _arrived = models.Index("USING brin (create_date)")

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "comment" in vals:
            # By hand: a dependency of the signals on it would cost each visitor a query.
            # sudo: words that were removed are removed everywhere, whoever may read what was made of them.
            signals = self.env["feedback.signal"].sudo().search([("basis_rating_ids", "in", self.ids)])
            self.env.add_to_compute(signals._fields["comment"], signals)
        return result
