from odoo import api, fields, models


class FeedbackRating(models.Model):
    """A rating with a contact: the mark stays, the contact does not."""

    _name = "feedback.rating"
    _inherit = ["feedback.rating", "feedback.personal.mixin"]

    _personal_contacts = ("contact",)
    _personal_fields = ("contact",)
    _personal_texts = ("comment",)
    _personal_told = ("date", "service_id", "score", "consent_date")
    _personal_date = "date"
    _personal_months = "feedback_rating_months"

    consent_id = fields.Many2one("feedback.consent", readonly=True, copy=False, ondelete="restrict")

    # serves the nightly run: few ratings have a contact
    _contact_date = models.Index("(company_id, date) WHERE contact IS NOT NULL")

    # === BUSINESS METHODS === #

    @api.model
    def _intake(self, service, values):
        """Keep with a rating that has a contact to which words the visitor agreed."""
        if values.get("contact"):
            consent_id, _words = self.env["feedback.consent"]._current_words(service.company_id, "rating")
            values = {**values, "consent_id": consent_id}
        return super()._intake(service, values)

    def _anonymise(self, on_request=False):
        super()._anonymise(on_request)
        if on_request:
            # On the scan of its pack the person's form is still to be read.
            self.batch_id._forget_scan()
