from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Days after the end of a period in which its value may still become complete.
SETTLE_DAYS = 5
# Who was not asked for so long is not asked any more: values of the past come in when an indicator is new.
ASK_DAYS = 100
# Rows per step of the cron.
BATCH = 1000


class QmsMeasurement(models.Model):
    """What happens once a period is over: its value is closed, or a missed target is asked about."""

    _inherit = "qms.measurement"
    _reason_methods = ("action_explain",)

    explanation = fields.Text(readonly=True, copy=False)
    explained_by_id = fields.Many2one("res.users", "Explained by", readonly=True, copy=False)
    date_explained = fields.Date("Explained on", readonly=True, copy=False)
    date_deadline = fields.Date("Explain until", readonly=True, copy=False)

    # === ACTIONS === #

    def action_explain(self, reason=None):
        """Explain why the target was missed; the value is closed with it.

        :param str reason: the explanation; without it a dialog asks
        :raises AccessError: for anybody but the owner of the indicator and the quality staff
        """
        if not reason:
            self.ensure_one()
            question = self.env._("Why was the target missed, and what is done about it? %s", self.display_name)
            return self.env["qms.reason.wizard"]._ask(self, "action_explain", question)
        for row in self:
            row.indicator_id._check_answers()
            row._check_state("waiting")
            row._transition(
                {
                    "state": "explained",
                    "explanation": reason,
                    "explained_by_id": self.env.uid,
                    "date_explained": row.company_id._qms_today(),
                }
            )
            row._no_longer_asked()
        return True

    # === BUSINESS METHODS === #

    def _settle(self):
        """Close the values of periods that are over; ask about the targets that were missed.

        Values that are settled already stay as they are.
        """
        for company, rows in self.filtered(lambda row: row.state == "open").grouped("company_id").items():
            today = company._qms_today()
            rows = rows.filtered(lambda row, today=today: row.date < today - timedelta(days=SETTLE_DAYS))
            missed = rows.filtered(lambda row: row.status == "missed")
            recent = missed.filtered(lambda row, today=today: row.date >= today - timedelta(days=ASK_DAYS))
            asked = recent.filtered(lambda row: row.indicator_id.explain_days and not row.explanation)
            explained = missed.filtered("explanation")
            explained._transition({"state": "explained"})
            (rows - asked - explained)._transition({"state": "closed"})
            asked._ask()
            if recent:
                recent._on_missed()

    def _ask(self):
        """Call who answers for the indicators to explain these missed targets."""
        for (company, days), rows in self.grouped(lambda row: (row.company_id, row.indicator_id.explain_days)).items():
            deadline = company._qms_today() + timedelta(days=days)
            rows._transition({"state": "waiting", "date_deadline": deadline})
        people = self.indicator_id._whom_to_ask()
        calls = [
            (row.indicator_id.id, user.id, row.date_deadline, row._ask_summary(user.lang), "answer")
            for row in self
            for user in people[row.indicator_id]
        ]
        self.indicator_id._call_each(calls)

    def _ask_summary(self, lang):
        row = self.with_context(lang=lang or self.env.lang)
        return row.env._("Explain the missed target: %s", row.period_label)

    def _no_longer_asked(self):
        """Take the question about these values off people's lists, in whichever language it was asked."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        for row in self:
            row.indicator_id._acted([row._ask_summary(code) for code in codes])

    def _on_missed(self):
        """Hook: these targets were missed lately, as is certain now. Called once for each value."""

    def _correct(self, value, comment, reason):
        """Replace a value, and let its period be settled anew by the new one.

        :param str reason: why, for the log of the indicator
        """
        self.ensure_one()
        text = self._correction_text(value, reason)
        if self.state == "waiting":
            self._no_longer_asked()
        self._transition(
            {"value": value, "comment": comment, "corrected": True, "state": "open", "date_deadline": False}
        )
        # sudo: the owner of an indicator may correct its values without being able to edit the indicator.
        self.indicator_id.sudo().message_post(body=text)
        self.sudo()._settle()  # sudo: closing follows from the dates

    def _mark_corrected(self, reason):
        """Keep a value that was entered by hand where values are computed, and say why.

        :param str reason: for the log of the indicator
        """
        self._transition({"state": "open", "corrected": True})
        # sudo: as in _correct
        self.indicator_id.sudo().message_post(
            body=self.env._(
                "The value of %(period)s was entered by hand: %(new)s. Reason: %(reason)s",
                period=self.period_label,
                new=self.value,
                reason=reason,
            )
        )

    def _correction_text(self, value, reason):
        return self.env._(
            "The value of %(period)s was changed from %(old)s to %(new)s. Reason: %(reason)s",
            period=self.period_label,
            old=self.value,
            new=value,
            reason=reason,
        )

    @api.model
    def _unsettled_domain(self, company):
        """Return the domain of the values of an authority that are to be settled today."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("date", "<", company._qms_today() - timedelta(days=SETTLE_DAYS)),
            ]
        )

    # === CRONS === #

    @api.model
    def _cron_settle(self):
        """Settle what is over in all authorities, in batches; what is settled is not found again."""
        # sudo: the cron closes periods of all authorities.
        for company in self.env["res.company"].sudo().search([]):
            rows = self.sudo().with_company(company)
            while batch := rows.search(self._unsettled_domain(company), limit=BATCH, order="date, id"):
                batch._settle()
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=1):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)
