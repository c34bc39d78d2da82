from dateutil.relativedelta import relativedelta

from odoo import fields, models


class QmsCheckAccept(models.TransientModel):
    """Why issues of the model check are accepted as exceptions, and for how long."""

    _name = "qms.check.accept"
    _description = "Accept as an Exception"

    issue_ids = fields.Many2many("qms.check.issue", string="Issues", required=True, readonly=True)
    reason = fields.Text()
    accepted_until = fields.Date(
        "Until",
        required=True,
        default=lambda self: self.env.company._qms_today() + relativedelta(months=6),
        help="After this day the issues are open again.",
    )

    def action_accept(self):
        """Accept the issues.

        :raises UserError: without a reason, or for a day that is past or too far away
        """
        self.ensure_one()
        self.issue_ids._accept(self.reason, self.accepted_until)
        return {"type": "ir.actions.act_window_close"}
