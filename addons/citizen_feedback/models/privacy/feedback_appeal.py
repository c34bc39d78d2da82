from odoo import api, fields, models
from odoo.fields import Domain

from ..appeal.feedback_appeal import CLOSED

REASONS = ("extension_reason", "forward_reason", "refusal_reason", "withdrawal_reason")
# What people wrote to one another; what only says that a stage changed stays.
WRITTEN = frozenset({"comment", "email", "email_outgoing", "auto_comment", "notification"})


class FeedbackAppeal(models.Model):
    """An appeal whose author, words and files go when their time is over; what it was about and how it went stays."""

    _name = "feedback.appeal"
    _inherit = ["feedback.appeal", "feedback.personal.mixin"]

    _personal_contacts = ("author_contact",)
    # The words of an appeal tell who wrote it as well as his name does: they go together.
    _personal_fields = (
        "author_name",
        "author_contact",
        "author_address",
        "organisation",
        "text",
        *REASONS,
    )
    # The answer that the author has got stands in the dialogue.
    _personal_keys = ("author_key", "receipt_hash", "answer", "evidence", "return_reason")
    _personal_told = ("number", "document_number", "date_received", "kind_id", "state", "date_answered", "consent_date")
    _personal_months = "feedback_appeal_months"

    consent_id = fields.Many2one("feedback.consent", readonly=True, copy=False, ondelete="restrict")
    consent_date = fields.Datetime("Consent given on", readonly=True, copy=False)

    # === BUSINESS METHODS === #

    @api.model
    def _intake(self, company, values):
        """Keep with the appeal to which words its author agreed, and when.

        :param dict values: as of the intake; ``consent``: whether the author agreed
        """
        consented = values.get("consent")
        appeal, code = super()._intake(company, {name: values[name] for name in values if name != "consent"})
        if consented:
            appeal._transition(
                {
                    "consent_id": self.env["feedback.consent"]._current(company, "appeal").id,
                    "consent_date": fields.Datetime.now(),
                }
            )
        return appeal, code

    @api.model
    def _personal_closed_domain(self):
        return Domain("state", "in", list(CLOSED))

    @api.model
    def _personal_older_domain(self, until):
        open_end = Domain("date_closed", "=", False) & Domain("date_answered", "<", until)
        return Domain("date_closed", "<", until) | open_end

    def _anonymise(self, on_request=False):
        self._unsent_news().unlink()
        super()._anonymise(on_request)
        # sudo: the calling request or cron has checked who may
        appeals = self.sudo()
        appeals._personal_attachments().unlink()
        appeals.message_line_ids._forget()
        appeals.message_ids.filtered(lambda message: message.message_type in WRITTEN and message.body).unlink()

    def _unsent_news(self):
        """Return the mails to the authors that never left: they would keep the address."""
        # sudo: the address is not readable by everybody; the calling request or cron has checked who may
        contacts = [contact.strip() for contact in self.sudo().mapped("author_contact") if contact]
        return self.env["mail.mail"].sudo().search([("email_to", "in", contacts), ("model", "=", False)])

    def _personal_attachments(self):
        """Return all files that lie at the appeals, those of the office among them."""
        files = self.env["ir.attachment"].search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        files |= self.attachment_ids | self.answer_attachment_ids | self.evidence_attachment_ids
        return files | self.message_line_ids.attachment_ids

    def _personal_files(self):
        return [
            (appeal.number, attachment.name, attachment.raw or b"")
            for appeal in self
            # His own, and those he was sent; what else lies there may be about others.
            for attachment in appeal.attachment_ids | appeal.message_line_ids.attachment_ids
        ]

    def _personal_rows(self):
        rows = super()._personal_rows()
        label = self._fields["message_line_ids"]._description_string(self.env)
        for appeal, row in zip(self, rows, strict=True):
            if appeal.message_line_ids:
                row[label] = "\n".join(appeal.message_line_ids.sorted("id").mapped("body"))
        return rows
