from odoo import models

from ...lib import measuring


class QmsMeasurement(models.Model):
    """A target that is missed again and again is a nonconformity, where the indicator's rule says so."""

    _inherit = "qms.measurement"

    def _on_missed(self):
        super()._on_missed()
        for row in self.filtered(lambda row: row.indicator_id.nonconformity_after).sorted("date"):
            series = row._missed_series()
            if len(series) >= row.indicator_id.nonconformity_after and not row._raised_since(series[:1].date):
                row._raise_nonconformity(len(series))

    def _missed_series(self):
        """Return the values up to this one that missed their targets without a break, the oldest first."""
        rows = self.indicator_id.measurement_ids.filtered(lambda row: row.date <= self.date).sorted("date")
        count = measuring.missed_in_a_row(rows.mapped("status"))
        return rows[len(rows) - count :]

    def _raised_since(self, day):
        """Tell whether the indicator has raised a nonconformity for this series already."""
        raised = [("origin_model", "=", "qms.indicator"), ("origin_id", "=", self.indicator_id.id)]
        return bool(self.env["qms.nonconformity"].search_count([*raised, ("date_found", ">", day)], limit=1))

    def _raise_nonconformity(self, count):
        indicator = self.indicator_id
        # In the language of the authority, as the cron has none.
        row = self.with_context(lang=self.company_id.sudo().partner_id.lang or self.env.lang)  # sudo: language only
        row.env["qms.nonconformity"]._raise_from(
            indicator,
            {
                "name": row.env._("Target missed: %s", row.indicator_id.name),
                "description": row.env._(
                    "Missed in a row: %(count)s, last in %(period)s. Value: %(value)s %(unit)s, target: %(target)s "
                    "%(unit)s.",
                    count=count,
                    period=row.period_label,
                    value=row.value,
                    target=row.target,
                    unit=row.unit_of_measure or "",
                ),
                "kind": "indicator",
                "severity": "minor",
                "process_id": indicator.process_id.id,
                "service_id": indicator.service_id.id,
                "department_id": indicator.department_id.id,
            },
        )
