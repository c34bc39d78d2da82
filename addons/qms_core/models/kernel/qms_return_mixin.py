from odoo import fields, models


class QmsReturnMixin(models.AbstractModel):
    """A record in review that goes back to its author, with the reason, when it can't be approved as it is."""

    _name = "qms.return.mixin"
    _description = "Record that is approved or goes back"
    _inherit = ["qms.approval.mixin"]
    _reason_methods = ("action_return",)

    return_reason = fields.Text("Reason for Return", readonly=True, copy=False)

    # === ACTIONS === #

    def action_return(self, reason=None):
        """Give records in review back to their authors.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("Why is it returned?"))
        self._decide_against({"state": "draft", "return_reason": reason}, reason)
        return True

    # === BUSINESS METHODS === #

    def _submitted_vals(self):
        return {**super()._submitted_vals(), "return_reason": False}
