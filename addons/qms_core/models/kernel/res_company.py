from datetime import datetime

import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    qms_seal_number = fields.Integer(
        readonly=True,
        help="Number of the last link of this authority's checksum chain.",
    )
    qms_low_rating = fields.Integer(
        string="Low Mark",
        default=2,
        help="A mark of this value or lower is treated as a signal that needs a person's answer.",
    )

    _qms_low_rating_range = models.Constraint(
        "CHECK (qms_low_rating BETWEEN 1 AND 5)", "The low mark must lie between 1 and 5."
    )

    def _qms_today(self):
        """Return today's date in the time zone of the authority's working calendar.

        Crons run in UTC and people travel: neither the server's nor the user's day decides whether a
        duty of an authority is late.

        :rtype: datetime.date
        """
        self.ensure_one()
        # The calendar is readable by everyone, the company's other fields may not be.
        # sudo: what day it is does not depend on who asks.
        zone = pytz.timezone(self.sudo().resource_calendar_id.tz or "UTC")
        return datetime.now(zone).date()
