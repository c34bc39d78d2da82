from odoo import api, fields, models


class QmsMeasurement(models.Model):
    """The value of an indicator in one period; a plain row, as there will be very many."""

    _name = "qms.measurement"
    _description = "Value of an Indicator"
    _order = "date desc, id desc"

    indicator_id = fields.Many2one("qms.indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="indicator_id.company_id", store=True, index=True)
    date = fields.Date("Period begins", required=True)
    value = fields.Float(required=True, aggregator="avg")
    comment = fields.Char()
    status = fields.Selection([("met", "Target met"), ("missed", "Target missed")], compute="_compute_status")

    _period = models.UniqueIndex("(indicator_id, date)", "This period has a value already. Change that value instead.")

    @api.depends("value", "indicator_id.target", "indicator_id.direction")
    def _compute_status(self):
        for measurement in self:
            measurement.status = measurement.indicator_id._judge(measurement.value)
