from odoo import models
from odoo.exceptions import UserError


class FeedbackChannel(models.Model):
    """The poster of a channel."""

    _inherit = "feedback.channel"

    # === BUSINESS METHODS === #

    def _poster(self):
        """Return what the poster says, once in each installed language, that of the authority first.

        :return: ``[{"lang", "name", "question", "how", "promise"}]``
        :rtype: list
        """
        self.ensure_one()
        if not self.url:
            raise UserError(
                self.env._("“%s” has no page of its own. Print posters of pages, QR codes and kiosks.", self.name)
            )
        main = self.company_id.partner_id.lang
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return [
            self.with_context(lang=code)._poster_text() for code in sorted(codes, key=lambda code: (code != main, code))
        ]

    def _poster_text(self):
        _ = self.env._
        return {
            "lang": self.env.lang.split("_")[0],
            "name": self.name,
            "question": _("How were you served?"),
            "how": _("Point the camera of your phone at the code and give a mark from 1 to 5."),
            "promise": _("Anonymous, without login, in less than a minute."),
        }
