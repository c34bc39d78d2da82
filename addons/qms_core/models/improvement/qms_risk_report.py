from odoo import models


class QmsRisk(models.Model):
    """A risk or a suggestion named in a minute, from the page one begins the day with."""

    _inherit = "qms.risk"

    # === ACTIONS === #

    def action_send(self):
        """Tell who has just named this that it is registered, and who answers for it.

        :return: a client action that says so and then closes the dialog
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever names a risk may know who answers, though not read his sheet.
        person = self.sudo().responsible_id
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Thank you. It is registered as %s", self.number),
                "message": self.env._("%s answers for it.", person.name)
                if person
                else self.env._("The quality coordinator decides who answers for it."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
