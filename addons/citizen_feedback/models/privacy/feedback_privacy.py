from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

BATCH = 200
# A preview that nobody has acted upon is told again after so many days.
PREVIEW_DAYS = 30


class FeedbackPrivacy(models.AbstractModel):
    """What is kept about people: found, counted, packed, and removed when the period of keeping is over."""

    _name = "feedback.privacy"
    _description = "Personal Data of Feedback"

    # === BUSINESS METHODS === #

    @api.model
    def _models(self):
        """Return the models that hold personal data."""
        return self.env["feedback.personal.mixin"]._personal_models()

    @api.model
    def _find(self, company, contact):
        """Return what is kept under a contact: ``{model name: records}``, without empty ones."""
        found = {model._name: model._personal_find(company, contact) for model in self._models()}
        return {name: records for name, records in found.items() if records}

    @api.model
    def _counts_text(self, counts):
        """Return numbers in words: a line per kind of record.

        :param dict counts: ``{model name: number}``
        """
        lines = [f"{self.env[name]._description_text()}: {count}" for name, count in counts.items() if count]
        return "\n".join(lines) or self.env._("Nothing.")

    @api.model
    def _due_counts(self, company):
        """Return how much the nightly run would remove: ``{model name: number}``."""
        return {model._name: len(model._personal_due(company)) for model in self._models()}

    @api.model
    def _tell_preview(self, company):
        """Note, and tell the feedback managers, what would be removed if the authority allowed it; not every night."""
        log = self.env["feedback.privacy.log"].sudo()  # sudo: the cron works for all authorities
        since = fields.Datetime.now() - relativedelta(days=PREVIEW_DAYS)
        if log.search_count([("company_id", "=", company.id), ("kind", "=", "preview"), ("date", ">", since)], limit=1):
            return
        counts = self._due_counts(company)
        if not any(counts.values()):
            return
        log._note(company, "preview", counts)
        caller = self.env["qms.activity.mixin"]
        managers = caller._users_of("citizen_feedback.group_feedback_manager", company)
        caller._notify_users(
            managers,
            self.env._("Personal data whose period of keeping is over"),
            self.env._(
                "Nothing was removed. Switch “Remove Personal Data by itself” on in the settings of Feedback, or make "
                "the periods longer.\n%s",
                self._counts_text(counts),
            ),
        )

    # === CRONS === #

    @api.model
    def _cron_retention(self):
        """Remove the personal data of each authority whose period of keeping is over; in batches, each kept.

        Where an authority has not switched it on, it is only told how much there is.
        """
        # sudo: the cron works for all authorities.
        for company in self.env["res.company"].sudo().search([]):
            if company.feedback_retention_active:
                if not self.sudo()._remove_due(company):
                    return
            else:
                self.sudo()._tell_preview(company)

    @api.model
    def _remove_due(self, company):
        """Remove what is due of one authority.

        :return: whether there is time for another one
        :rtype: bool
        """
        for model in self._models():
            while due := model._personal_due(company, limit=BATCH):
                due._anonymise()
                # Noted with each batch: what is removed and what the log says of it are kept together.
                self.env["feedback.privacy.log"]._note(company, "retention", {model._name: len(due)})
                if not self.env["ir.cron"]._commit_progress(len(due)):
                    return False
        return True
