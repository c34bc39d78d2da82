from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.rating_form import ASPECTS, MARKS, NOT_APPLICABLE, read_rating

ANSWERS = [*((mark, mark) for mark in MARKS), (NOT_APPLICABLE, "does not apply")]


class FeedbackInternalRating(models.TransientModel):
    """The form on which an employee rates a service that a colleague's unit has given him.

    What becomes of it is a rating like any other: anonymous. The form itself is deleted when it is sent.
    """

    _name = "feedback.internal.rating"
    _description = "Rating by an Internal Client"
    _transient_max_hours = 1.0

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    service_id = fields.Many2one(
        "qms.service", required=True, domain="[('company_id', '=', company_id)]", ondelete="cascade"
    )
    score = fields.Selection([(mark, mark) for mark in MARKS], "All in All", required=True)
    timeliness = fields.Selection(ANSWERS)
    waiting = fields.Selection(ANSWERS, "Waiting Time")
    courtesy = fields.Selection(ANSWERS)
    competence = fields.Selection(ANSWERS)
    clarity = fields.Selection(ANSWERS, "Clarity of Information")
    comfort = fields.Selection(ANSWERS)
    accessibility = fields.Selection(ANSWERS)
    ease = fields.Selection(ANSWERS, "Ease of the Procedure")
    comment = fields.Text()

    # === ACTIONS === #

    def action_send(self):
        """Hand the rating over and forget who gave it.

        :return: the notice that thanks
        """
        self.ensure_one()
        form = read_rating(self._answers())
        if form.errors:
            raise UserError(
                self.env._("The rating was not taken: choose a mark and keep the comment below 1200 characters.")
            )
        if self.service_id.company_id not in self.env.companies:
            raise UserError(self.env._("This service is not of your authority. Choose one of its services."))
        values = {**form.values, "client_kind": "internal", "channel": "other", "lang": self._short_lang()}
        self.env["feedback.rating"]._intake(self.service_id, values)
        self.unlink()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Thank you. The rating was recorded without your name."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === BUSINESS METHODS === #

    def _answers(self):
        return {name: self[name] or "" for name in ("score", "comment", *ASPECTS)}

    @api.model
    def _short_lang(self):
        return (self.env.lang or "").split("_")[0]
