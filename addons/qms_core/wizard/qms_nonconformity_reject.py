from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsNonconformityReject(models.TransientModel):
    """Ask why a report is no nonconformity: an entry of the authority's list, and some words."""

    _name = "qms.nonconformity.reject"
    _description = "Reject a Report"

    nonconformity_ids = fields.Many2many("qms.nonconformity", string="Reports to Reject", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    reason_id = fields.Many2one(
        "qms.rejection.reason", "Kind of Rejection", domain="[('company_id', 'in', (company_id, False))]"
    )
    reason = fields.Text()

    @api.model
    def _ask(self, records):
        """Return the action of a dialog that rejects the records with its reason.

        :param records: ``qms.nonconformity``
        """
        wizard = self.create({"nonconformity_ids": [(6, 0, records.ids)], "company_id": records.company_id[:1].id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why is it no nonconformity?"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(self.env.ref("qms_core.qms_nonconformity_reject_view_form").id, "form")],
            "target": "new",
        }

    def action_reject(self):
        """Reject the reports."""
        self.ensure_one()
        words = (self.reason or "").strip()
        if not words:
            raise UserError(self.env._("Write in a sentence why it is no nonconformity: its reporter reads it."))
        self.nonconformity_ids.action_reject(words, self.reason_id.id)
        return {"type": "ir.actions.act_window_close"}
