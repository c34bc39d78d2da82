from odoo import fields, models
from odoo.exceptions import AccessError


class QmsDocumentReview(models.Model):
    """A review of a document in force, with its result; "no change" is a result, too. Nobody edits it later."""

    _name = "qms.document.review"
    _description = "Document Review"
    _order = "date desc, id desc"
    _check_company_auto = True

    document_id = fields.Many2one("qms.document", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    version_id = fields.Many2one("qms.document.version", required=True, readonly=True, ondelete="restrict")
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Reviewed by", required=True, readonly=True)
    result = fields.Selection([("no_change", "No change"), ("change", "To be changed")], required=True, readonly=True)
    note = fields.Text(readonly=True)

    def write(self, vals):
        raise AccessError(self.env._("The result of a review stays as it was recorded. Record another review."))

    def unlink(self):
        raise AccessError(self.env._("The result of a review stays on record."))


class QmsDocument(models.Model):
    _inherit = "qms.document"

    review_ids = fields.One2many("qms.document.review", "document_id", "Reviews")
