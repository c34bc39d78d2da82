from odoo import fields, models
from odoo.exceptions import UserError

from ..intake.feedback_channel import STAFF


class FeedbackCase(models.Model):
    """Whoever had a case decided is invited to rate the service: asking only the lucky ones would flatter it."""

    _inherit = "feedback.case"

    feedback_invitation_ids = fields.One2many(
        "feedback.invitation",
        "origin_id",
        "Invitations to Rate",
        readonly=True,
        domain=lambda self: [("origin_model", "=", self._name)],
        groups=STAFF,
    )

    # === ACTIONS === #

    def action_invite(self):
        """Open the link by which the applicant of a finished case rates the service; make it if there is none.

        :return: the action that opens the invitation, with the QR code and the field for an e-mail address
        :raises UserError: for a case without a decision, or whose link was used
        """
        self.ensure_one()
        if not self.date_done:
            raise UserError(
                self.env._("The case %s is not finished. Invite the applicant once there is a decision.", self.number)
            )
        invitations = self.feedback_invitation_ids
        if any(invitation.state == "used" for invitation in invitations):
            raise UserError(self.env._("The applicant of the case %s has rated the service already.", self.number))
        invitation = invitations.filtered(lambda invitation: invitation.state == "open")[:1]
        if not invitation:
            invitation = invitations._invite(self, self.service_id, point=self.point_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invitation to Rate"),
            "res_model": "feedback.invitation",
            "res_id": invitation.id,
            "views": [(False, "form")],
        }
