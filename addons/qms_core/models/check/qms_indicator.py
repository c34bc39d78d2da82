from odoo import api, fields, models

from ...lib.measuring import Provider


class QmsIndicator(models.Model):
    """The result of the model check as a source of indicators; and what the check room knows to count."""

    _inherit = "qms.indicator"

    @api.model
    def _get_source_models(self):
        return [*super()._get_source_models(), "qms.assignment", "qms.check.issue"]

    @api.model
    def _get_providers(self):
        return {
            **super()._get_providers(),
            "model_check": Provider(self.env._("Open issues of the model check"), self._provide_model_check),
        }

    @api.model
    def _provide_model_check(self, indicator, periods):
        """Return what the last run of each period had found."""
        zone = self.with_context(tz=indicator.company_id.resource_calendar_id.tz or "UTC")
        runs = self.env["qms.check.run"].search([("company_id", "=", indicator.company_id.id)], order="date, id")
        found = {}
        for run in runs:
            found[indicator._value_period(fields.Datetime.context_timestamp(zone, run.date).date())] = run.open_count
        return {period: found[period] for period in periods if period in found}
