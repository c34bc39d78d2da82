from odoo import api, models
from odoo.fields import Domain


class FeedbackBatchLine(models.Model):
    """A form that is keyed in and no rating yet: who asks about his data is found here, too."""

    _name = "feedback.batch.line"
    _inherit = ["feedback.batch.line", "feedback.personal.mixin"]

    _personal_contacts = ("contact",)
    _personal_fields = ("contact",)
    _personal_texts = ("comment",)
    _personal_told = ("batch_id",)
    _personal_months = "feedback_rating_months"

    # === BUSINESS METHODS === #

    @api.model
    def _personal_older_domain(self, until):
        return Domain("batch_id.date", "<", until)

    def _anonymise(self, on_request=False):
        super()._anonymise(on_request)
        if on_request:
            # On the scan of its pack the form is still to be read.
            self.batch_id._forget_scan()
