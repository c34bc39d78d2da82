from odoo import fields, models


class FeedbackChannelKey(models.AbstractModel):
    """The dialog that shows a portal's new key."""

    _name = "feedback.channel.key"
    _inherit = ["feedback.shown.mixin"]
    _description = "Key of a Portal"

    key = fields.Char(readonly=True)
