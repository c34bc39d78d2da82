from datetime import datetime, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


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

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env.registry.clear_cache()  # _qms_zone_name
        return result

    # === BUSINESS METHODS === #

    def _qms_today(self):
        """Return today's date in the time zone of the authority's working calendar.

        Crons run in UTC and people travel: neither the server's nor the user's day decides whether a
        duty of an authority is late.

        :rtype: datetime.date
        """
        return datetime.now(self._qms_zone()).date()

    def _qms_day_of(self, moment):
        """Return on which day of the authority a moment lies.

        :param datetime.datetime moment: in UTC, as fields hold it
        :rtype: datetime.date
        """
        return pytz.utc.localize(moment).astimezone(self._qms_zone()).date()

    def _qms_working_day_after(self, day, days):
        """Return the working day that comes a number of working days after a day, which itself doesn't count.

        :param datetime.date day: need not be a working day
        :param int days: at least 1
        :rtype: datetime.date
        """
        self.ensure_one()
        calendar = self.sudo().resource_calendar_id  # sudo: as in _qms_zone
        try:
            return calendar._qms_add_working_days(day, days) if calendar else day + timedelta(days=days)
        except UserError:
            # A calendar without working hours: what is due must be due some day, so days are days.
            return day + timedelta(days=days)

    def _qms_zone(self):
        self.ensure_one()
        company = self._origin
        return pytz.timezone(company._qms_zone_name() if company else self._calendar_zone())

    @ormcache("self.id")
    def _qms_zone_name(self):
        # Kept in memory: every list of duties asks what day it is, and the answer changes once in years.
        return self._calendar_zone()

    def _calendar_zone(self):
        # The calendar is readable by everyone, the company's other fields may not be.
        # sudo: what day it is does not depend on who asks.
        return self.sudo().resource_calendar_id.tz or "UTC"
