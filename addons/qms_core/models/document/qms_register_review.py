from odoo import api, fields, models
from odoo.exceptions import UserError

from .qms_register_entry import RESULTS


class QmsRegisterReview(models.Model):
    """One review of a register entry: an evaluation of a provider, a drill, a verification. Nobody changes it."""

    _name = "qms.register.review"
    _description = "Review of a Register Entry"
    _order = "entry_id, date desc, id desc"
    _rec_name = "date"

    entry_id = fields.Many2one("qms.register.entry", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="entry_id.company_id", store=True, index=True)
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Reviewed by", required=True, readonly=True)
    result = fields.Selection(RESULTS, required=True, readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    note = fields.Text("What was Found", readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", "qms_register_review_file_rel", string="Files", readonly=True)

    # === CRUD === #

    def write(self, vals):
        raise UserError(self.env._("A review stays as it was noted. Review the entry again."))

    # === BUSINESS METHODS === #

    @api.model
    def _log(self, entry, result, note, score, files):
        review = self.create(
            {
                "entry_id": entry.id,
                "date": entry.company_id._qms_today(),
                "user_id": self.env.uid,
                "result": result,
                "score": score,
                "note": note,
            }
        )
        # sudo: such files are seen by their uploader alone; only the user's own are taken.
        own = (files or self.env["ir.attachment"]).sudo().filtered(entry._is_stray_file)
        own.write({"res_model": self._name, "res_id": review.id})
        models.Model.write(review, {"attachment_ids": [(6, 0, own.ids)]})  # past `write`: the row is still being made
        return review
