from odoo import fields, models
from odoo.exceptions import UserError

from ..models.document.qms_register_entry import RESULTS


class QmsRegisterReviewWizard(models.TransientModel):
    """Ask for the result of a review and hand it to the entry, whose gates decide."""

    _name = "qms.register.review.wizard"
    _description = "Review of a Register Entry (Dialog)"

    entry_id = fields.Many2one("qms.register.entry", required=True, ondelete="cascade")
    result = fields.Selection(RESULTS)
    score = fields.Integer(help="From 0 to 100, where an evaluation gives points.")
    note = fields.Text("What was Found")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    date_next = fields.Date("Next Review", help="Only if it is to be earlier than the register demands.")
    raise_nonconformity = fields.Boolean("Raise a Nonconformity")

    def action_confirm(self):
        """Note the review; a nonconformity is raised where it is wanted.

        :return: the action that closes the dialog, or opens the nonconformity
        """
        self.ensure_one()
        if not self.result or not (self.note or "").strip():
            raise UserError(self.env._("Choose the result and write what was found."))
        if not 0 <= self.score <= 100:
            raise UserError(self.env._("A score is between 0 and 100. Correct it."))
        entry = self.entry_id
        review = entry._review(self.result, self.note.strip(), self.score, self.attachment_ids, self.date_next)
        if self.raise_nonconformity:
            return entry._raise_nonconformity(entry, f"{entry.name}: {review.note.splitlines()[0]}"[:200])
        return {"type": "ir.actions.act_window_close"}
