from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.exceptions import UserError

# Odoo looks for a working day in the next 1,400 days; longer terms are planned in parts.
PART = 500


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env.registry.clear_cache()  # res.company._qms_zone_name
        return result

    # === BUSINESS METHODS === #

    def _qms_add_working_days(self, day, days):
        """Return the working day that comes a number of working days after a day, which itself doesn't count.

        Days without working hours and public holidays (the calendar's global leaves) are no working days.

        :param datetime.date day: need not be a working day
        :param int days: at least 1
        :rtype: datetime.date
        :raises UserError: if the calendar has no working hours
        """
        self.ensure_one()
        zone = pytz.timezone(self.tz or "UTC")
        while days > 0:
            part = min(days, PART)
            morning = zone.localize(datetime.combine(day + timedelta(days=1), time.min))
            end = self.plan_days(part, morning, compute_leaves=True)
            if not end:
                raise UserError(
                    self.env._(
                        "The working calendar “%s” has no working days, so no deadline can be counted. "
                        "Enter its working hours.",
                        self.name,
                    )
                )
            day, days = end.date(), days - part
        return day

    def _qms_working_day_from(self, day):
        """Return the day itself if it is a working day, else the next working day.

        :rtype: datetime.date
        """
        return self._qms_add_working_days(day - timedelta(days=1), 1)
