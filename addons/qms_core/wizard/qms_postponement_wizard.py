from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsPostponementWizard(models.TransientModel):
    """Ask for the new day and the reason, and postpone duties or ask for it."""

    _name = "qms.postponement.wizard"
    _description = "Postpone"

    res_model = fields.Char(readonly=True, required=True)
    res_ids = fields.Json(readonly=True, required=True)
    is_request = fields.Boolean(readonly=True)
    date_old = fields.Date("Deadline now", readonly=True)
    date_new = fields.Date("New Deadline")
    reason = fields.Text()

    @api.model
    def _ask(self, duties, is_request, title):
        """Return the action of a dialog that postpones duties.

        :param duties: records of one duty model
        :param bool is_request: whether the responsible person asks for it
        :param str title: what the dialog is called
        """
        wizard = self.create(
            {
                "res_model": duties._name,
                "res_ids": duties.ids,
                "is_request": is_request,
                "date_old": max(filter(None, duties.mapped("date_deadline")), default=False),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(self.env.ref("qms_core.qms_postponement_wizard_view_form").id, "form")],
            "target": "new",
        }

    def action_confirm(self):
        """Postpone the duties, or hand in the request."""
        self.ensure_one()
        # The model's name came through the client: only duties are postponed.
        if self.res_model not in [model._name for model in self.env["qms.deadline.mixin"]._duty_models()]:
            raise UserError(self.env._("This has no deadline that could be postponed. Close the dialog."))
        reason = (self.reason or "").strip()
        if not self.date_new or not reason:
            raise UserError(self.env._("Choose the new deadline and write the reason."))
        duties = self.env[self.res_model].browse(self.res_ids)
        if self.is_request:
            duties._ask_postponement(self.date_new, reason)
        else:
            duties._postpone(self.date_new, reason)
        return {"type": "ir.actions.act_window_close"}
