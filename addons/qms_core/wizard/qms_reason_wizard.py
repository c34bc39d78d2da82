from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsReasonWizard(models.TransientModel):
    """Ask for the reason of a transition and hand it to the method that needs it."""

    _name = "qms.reason.wizard"
    _description = "Reason"

    question = fields.Char(readonly=True)
    reason = fields.Text()
    with_files = fields.Boolean(readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    res_model = fields.Char(readonly=True, required=True)
    res_ids = fields.Json(readonly=True, required=True)
    method = fields.Char(readonly=True, required=True)

    @api.model
    def _ask(self, records, method, question, with_files=False):
        """Return the action of a dialog that calls ``records.method(reason)``.

        :param records: the records in transition
        :param str method: one of the model's ``_reason_methods``
        :param str question: what the dialog asks
        :param bool with_files: whether files may be given, too; the method then gets them after the reason
        """
        wizard = self.create(
            {
                "question": question,
                "res_model": records._name,
                "res_ids": records.ids,
                "method": method,
                "with_files": with_files,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": question,
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(self.env.ref("qms_core.qms_reason_wizard_view_form").id, "form")],
            "target": "new",
        }

    def action_confirm(self):
        """Carry out the transition with the reason."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        # The method's name came through the client: only those that a model offers are called.
        if model is None or self.method not in getattr(model, "_reason_methods", ()):
            raise UserError(self.env._("This step needs no reason. Close the dialog and use the record's buttons."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason first."))
        given = (self.reason.strip(), self.attachment_ids) if self.with_files else (self.reason.strip(),)
        result = getattr(model.browse(self.res_ids), self.method)(*given)
        # A step that asks who one is goes on in a dialog of its own.
        goes_on = isinstance(result, dict) and result.get("res_model") == "res.users.identitycheck"
        return result if goes_on else {"type": "ir.actions.act_window_close"}
