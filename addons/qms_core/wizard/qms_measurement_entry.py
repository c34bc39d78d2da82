from datetime import timedelta

from odoo import api, fields, models


class QmsMeasurementEntry(models.TransientModel):
    """Enter the value of an indicator for a period, or correct it with a reason."""

    _name = "qms.measurement.entry"
    _description = "Enter a Value"

    indicator_id = fields.Many2one("qms.indicator", required=True, readonly=True)
    date = fields.Date(
        "Day of the Period",
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        help="Any day of the period that was measured.",
    )
    measurement_id = fields.Many2one("qms.measurement", compute="_compute_measurement_id")
    value = fields.Float(compute="_compute_value", store=True, readonly=False)
    unit_of_measure = fields.Char(related="indicator_id.unit_of_measure")
    comment = fields.Char(compute="_compute_value", store=True, readonly=False)
    needs_reason = fields.Boolean(compute="_compute_measurement_id")
    reason = fields.Text()

    # === COMPUTES === #

    @api.depends("indicator_id")
    def _compute_date(self):
        for entry in self:
            today = entry.indicator_id.company_id._qms_today() if entry.indicator_id else fields.Date.today()
            # The last period that is over is what most people come for.
            running = entry.indicator_id._value_period(today) if entry.indicator_id else None
            entry.date = entry.date or (running.first - timedelta(days=1) if running else today)

    @api.depends("indicator_id", "date")
    def _compute_measurement_id(self):
        for entry in self:
            row = entry.indicator_id._value_of(entry.date) if entry.indicator_id and entry.date else False
            entry.measurement_id = row
            entry.needs_reason = bool(entry.indicator_id) and entry.indicator_id._needs_reason(entry.measurement_id)

    @api.depends("measurement_id")
    def _compute_value(self):
        for entry in self:
            entry.value = entry.measurement_id.value
            entry.comment = entry.measurement_id.comment

    # === ACTIONS === #

    def action_save(self):
        """Enter the value; the indicator's own gates decide."""
        self.ensure_one()
        self.indicator_id._enter_value(self.date, self.value, self.comment, self.reason)
        return {"type": "ir.actions.act_window_close"}
