from odoo import api, fields, models


class QmsNonconformity(models.Model):
    _inherit = "qms.nonconformity"

    days_to_close = fields.Integer(
        compute="_compute_days_to_close",
        store=True,
        aggregator="avg",
        help="Days from the day it was found to that on which it was closed as effective.",
    )

    @api.depends("state", "date_found", "date_closed")
    def _compute_days_to_close(self):
        for record in self:
            closed = record.state == "closed" and record.date_closed and record.date_found
            # A day typed in later than the closing would make a negative duration.
            record.days_to_close = max((record.date_closed - record.date_found).days, 0) if closed else 0
