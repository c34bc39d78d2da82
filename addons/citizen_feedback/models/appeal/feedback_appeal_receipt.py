from odoo import api, fields, models


class FeedbackAppealReceipt(models.AbstractModel):
    """The dialog that shows the code by which an author follows his appeal; it is stored nowhere."""

    _name = "feedback.appeal.receipt"
    _description = "Receipt of an Appeal"

    # Abstract models have none, but a form asks for it.
    id = fields.Id()
    number = fields.Char("Appeal", readonly=True)
    code = fields.Char("Receipt code", readonly=True)
    url = fields.Char("Page", readonly=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # A browser that leaves the open dialog saves it: there is nothing to save.
        return self.browse()
