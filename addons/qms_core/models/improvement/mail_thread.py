from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """The door by which mails come in."""

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        # The gateway writes as superuser what its caller gives for the new record, so he has to be one himself.
        if not self.env.su and not self.env.user._is_system():
            raise AccessError(
                self.env._(
                    "Mails are handed over by the mail gateway, under the login of an administrator. Write to the "
                    "authority's address instead."
                )
            )
        return super().message_process(model, message, *args, **kwargs)
