from odoo import models


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

    # serves the nightly run: few ratings have a contact
    _contact_date = models.Index("(company_id, date) WHERE contact IS NOT NULL")
