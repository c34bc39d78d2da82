from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import hours
from .qms_accessibility import PEOPLE


class QmsServicePoint(models.Model):
    """A place where services are given: its hours, its equipment, who can get in."""

    _name = "qms.service.point"
    _description = "Service Point"
    _inherit = ["mail.thread", "image.mixin"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code", "address"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    body_id = fields.Many2one("qms.body", index=True, check_company=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    address = fields.Char(translate=True)
    phone = fields.Char()
    email = fields.Char()
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    calendar_id = fields.Many2one("resource.calendar", "Calendar of Opening Hours", check_company=True, copy=False)
    opening_hours = fields.Char(
        compute="_compute_opening_hours",
        inverse="_inverse_opening_hours",
        help="For example: Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45. Days: Mo, Tu, We, Th, Fr, Sa, Su.",
    )
    opening_text = fields.Char("Open", compute="_compute_opening_text")
    equipment = fields.Text(
        translate=True, help="Electronic queue, terminals, a corner for children, a place to fill in forms…"
    )
    window_count = fields.Integer("Windows", help="Workplaces at which visitors are received.")
    service_ids = fields.Many2many(
        "qms.service", "qms_service_point_service_rel", "point_id", "service_id", "Services", check_company=True
    )
    service_count = fields.Integer("Number of Services", compute="_compute_service_count")
    accessibility_ids = fields.One2many(
        "qms.accessibility",
        "point_id",
        "Accessibility Passport",
        default=lambda self: [(0, 0, {"people": people}) for people, _label in PEOPLE],
        copy=True,
    )
    accessibility = fields.Selection(
        [("full", "For everybody"), ("partial", "In part"), ("none", "Closed to some"), ("unknown", "Not examined")],
        compute="_compute_accessibility",
        store=True,
        help="The lowest level of all groups of people.",
    )
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another service point has this code already. Choose a new code."
    )
    _coordinates = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "The latitude lies between -90 and 90, the longitude between -180 and 180. Correct them.",
    )
    _windows = models.Constraint("CHECK (window_count >= 0)", "The number of windows can't be negative. Correct it.")

    # === COMPUTES === #

    @api.depends("calendar_id.attendance_ids.hour_from", "calendar_id.attendance_ids.hour_to")
    def _compute_opening_hours(self):
        for point in self:
            point.opening_hours = hours.write(point._hours())

    @api.depends("opening_hours")
    @api.depends_context("lang")
    def _compute_opening_text(self):
        for point in self:
            point.opening_text = "; ".join(f"{days} {times}" for days, times in point._hours_lines())

    def _inverse_opening_hours(self):
        for point in self:
            if hours.write(point._hours()) != (point.opening_hours or ""):
                point._set_hours(point._parse_hours(point.opening_hours))

    @api.depends("service_ids")
    def _compute_service_count(self):
        for point in self:
            point.service_count = len(point.service_ids)

    @api.depends("accessibility_ids.level")
    def _compute_accessibility(self):
        for point in self:
            levels = set(point.accessibility_ids.mapped("level"))
            worst = next((level for level in ("none", "unknown", "partial") if level in levels), "full")
            point.accessibility = worst if levels else "unknown"

    # === ACTIONS === #

    def action_view_services(self):
        """Open the services that are given here."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_service_action"),
            "domain": [("point_ids", "in", self.ids)],
            "context": {"default_point_ids": self.ids},
        }

    # === BUSINESS METHODS === #

    def _hours(self):
        """Return ``{day: [(from, to), …]}`` of the opening hours, breaks left out."""
        result = {}
        for line in self.calendar_id.attendance_ids:
            if line.day_period != "lunch" and not line.display_type:
                result.setdefault(int(line.dayofweek), []).append((line.hour_from, line.hour_to))
        return {day: sorted(ranges) for day, ranges in sorted(result.items())}

    def _hours_lines(self):
        """Return the opening hours as ``[(days in the reader's language, hours)]``."""
        self.ensure_one()
        days = dict(self.env["resource.calendar.attendance"]._fields["dayofweek"]._description_selection(self.env))
        return [
            (
                days[str(first)] if first == last else f"{days[str(first)]} – {days[str(last)]}",
                hours.clock_ranges(ranges).replace("-", "–").replace(",", ", "),
            )
            for first, last, ranges in hours.group(self._hours())
        ]

    def _parse_hours(self, text):
        try:
            return hours.parse(text)
        except hours.HoursError as error:
            raise ValidationError(
                self.env._(
                    "“%s” are no opening hours. Write them like this: Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-15:45.",
                    error.part,
                )
            ) from error

    def _set_hours(self, by_day):
        """Keep the hours in the point's own calendar, so that a calendar which others use isn't changed."""
        lines = [
            (
                0,
                0,
                {
                    "name": hours.DAYS[day],
                    "dayofweek": str(day),
                    "hour_from": begin,
                    "hour_to": end,
                    "day_period": "morning" if begin < 12 else "afternoon",
                },
            )
            for day, ranges in by_day.items()
            for begin, end in ranges
        ]
        # sudo: calendars are kept by administrators, the hours of a point by who keeps the point.
        point = self.sudo()
        own, company_s = point.calendar_id, point.company_id.resource_calendar_id
        shared = own and (
            own == company_s
            or point.search_count([("calendar_id", "=", own.id), ("id", "!=", self.id)])
            or point.env["hr.employee"].search_count([("resource_calendar_id", "=", own.id)], limit=1)
        )
        if not own or shared:
            vals = {"name": self.display_name, "company_id": self.company_id.id, "attendance_ids": lines}
            self.calendar_id = own.create({**vals, "tz": company_s.tz or "UTC"})
        else:
            own.write({"attendance_ids": [(5, 0, 0), *lines]})
