from odoo import api, fields, models


class FeedbackShownMixin(models.AbstractModel):
    """A dialog that shows a secret once; it is stored nowhere (as core's ``res.users.apikeys.show``)."""

    _name = "feedback.shown.mixin"
    _description = "Dialog Shown Once"

    # Abstract models have none, but a form asks for it.
    id = fields.Id()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # A browser that leaves the open dialog saves it: there is nothing to save.
        return self.browse()
