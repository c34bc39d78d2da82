from odoo import fields, models


class FeedbackChannelKey(models.AbstractModel):
    """The dialog that shows a portal's new key; it is never stored (as core's ``res.users.apikeys.show``)."""

    _name = "feedback.channel.key"
    _description = "Key of a Portal"

    # Abstract models have none, but a form asks for it.
    id = fields.Id()
    key = fields.Char(readonly=True)
