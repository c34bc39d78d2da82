from odoo import fields, models


class FeedbackAppealReceipt(models.AbstractModel):
    """The dialog that shows the code by which an author follows his appeal."""

    _name = "feedback.appeal.receipt"
    _inherit = ["feedback.shown.mixin"]
    _description = "Receipt of an Appeal"

    number = fields.Char("Appeal", readonly=True)
    code = fields.Char("Receipt code", readonly=True)
    url = fields.Char("Page", readonly=True)
