from odoo import api, fields, models


class FeedbackChannel(models.Model):
    """What came by a channel."""

    _inherit = "feedback.channel"

    rating_count = fields.Integer("Ratings", compute="_compute_ratings")
    rating_average = fields.Float("Average Mark", digits=(3, 2), compute="_compute_ratings")

    # === COMPUTES === #

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ratings(self):
        # With the reader's rights: marks of other units are not everybody's business.
        groups = self.env["feedback.rating"]._read_group(
            [("channel_id", "in", self.ids), ("state", "=", "ok")], ["channel_id"], ["__count", "score:avg"]
        )
        figures = {channel.id: (count, average) for channel, count, average in groups}
        for channel in self:
            channel.rating_count, channel.rating_average = figures.get(channel.id, (0, 0.0))

    # === ACTIONS === #

    def action_view_ratings(self):
        """Open the ratings that came by these channels."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_rating_action"),
            "domain": [("channel_id", "in", self.ids)],
            "context": {"create": False},
        }
