from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ...lib import recurrence
from ..kernel.qms_deadline_cron import BATCH


class QmsAssignment(models.Model):
    """A term that returns: each occurrence is an assignment of its own, with its own report and control.

    The next one is made when the former is reported, or by the night once its day has come; what the nights missed
    is made up for.
    """

    _inherit = "qms.assignment"

    recurrence = fields.Selection(
        [
            ("none", "Once"),
            ("day", "Days"),
            ("week", "Weeks"),
            ("month", "Months"),
            ("quarter", "Quarters"),
            ("year", "Years"),
        ],
        "Repeat",
        required=True,
        default="none",
    )
    recurrence_interval = fields.Integer("Every", default=1)
    recurrence_until = fields.Date("Last Day")
    recurrence_times = fields.Integer("Number of Times")
    series_id = fields.Many2one(
        "qms.assignment", "First of the Series", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    series_start = fields.Date("First Term", readonly=True, copy=False)
    occurrence = fields.Integer(readonly=True, copy=False, help="Which one of the series it is; the first has 0.")
    date_nominal = fields.Date(
        "Term by the Rhythm", readonly=True, copy=False, help="Before it moves from a day off or is postponed."
    )
    next_made = fields.Boolean(readonly=True, copy=False, help="The next one was made, or there is none.")

    _interval_range = models.Constraint(
        "CHECK (recurrence_interval BETWEEN 1 AND 100)", "A term returns every 1 to 100 days, weeks, months or years."
    )

    # === CONSTRAINTS === #

    @api.constrains("recurrence", "recurrence_interval", "recurrence_until", "recurrence_times", "date_deadline")
    def _check_recurrence(self):
        for record in self.filtered(lambda record: record.recurrence != "none"):
            first = record.series_start or record.date_deadline
            if record.recurrence_times < 0 or (first and record.recurrence_until and record.recurrence_until < first):
                raise ValidationError(
                    self.env._("The last day of a recurring term can't lie before its first one. Correct it.")
                )
            try:
                recurrence.check(first or fields.Date.today(), *record._rhythm(), **record._end())
            except recurrence.EndlessError as error:
                raise ValidationError(
                    self.env._(
                        "A recurring term has to end: enter its last day or a number of times, at most %s in all.",
                        recurrence.MOST,
                    )
                ) from error

    # === BUSINESS METHODS === #

    def _rhythm(self):
        return self.recurrence, self.recurrence_interval

    def _end(self):
        return {"until": self.recurrence_until or None, "times": self.recurrence_times or None}

    def _begin_series(self):
        """Remember from which day the rhythm counts: a postponement moves one term, not the rhythm."""
        first = self.filtered(lambda record: record.recurrence != "none" and not record.series_start)
        for day, records in first.grouped("date_deadline").items():
            models.Model.write(records.sudo(), {"series_start": day, "date_nominal": day})  # sudo: put on control

    def _make_next(self):
        """Make the next occurrence of recurring assignments, and those that were missed, in bulk.

        One that can't be made keeps back neither the report on the former one nor other series: execution control is
        called, and the night tries again.

        :return: the new assignments, on control
        """
        # sudo: reporting on one makes the next; neither the executor nor a cron may create assignments.
        waiting = self.sudo().filtered(lambda record: record.recurrence != "none" and not record.next_made)
        if not waiting:
            return waiting
        try:
            with self.env.cr.savepoint():
                following = waiting._make_following()
        except UserError as refusal:
            if len(waiting) > 1:
                return waiting.browse().union(*(record._make_next() for record in waiting))
            users, today = waiting._controllers(), waiting.company_id._qms_today()
            note = plaintext2html(str(refusal))
            waiting._call_to_act(users, today, lambda record: record._not_made_summary(), note, verb="decide")
            return waiting.browse()
        waiting._acted(lambda record: record._not_made_summary())
        return following

    @api.model
    def _not_made_summary(self):
        return self.env._("The next term of this assignment could not be set: give a new assignment")

    def _make_following(self):
        vals_list, working_days = [], {}
        for record in self:
            vals_list += record._next_vals(working_days)
        following = self.create(vals_list)
        models.Model.write(self, {"next_made": True})
        for controller, records in following.grouped(lambda record: record.series_id.controller_id).items():
            records._put_on_control(controller)
        last = following.filtered(lambda record: record._is_last_made(following))
        models.Model.write(following - last, {"next_made": True})
        for record in following.filtered(lambda record: not record.responsible_id):
            today = record.company_id._qms_today()
            users = record._controllers()
            record._call_to_act(users, today, lambda record: record._call_summary(None, "chief"), verb="decide")
        return following

    def _is_last_made(self, made):
        return not made.filtered(lambda other: other.series_id == self.series_id and other.occurrence > self.occurrence)

    def _next_vals(self, working_days):
        """Return the values of the occurrences to make after this one.

        :param dict working_days: ``{(calendar, day): working day}``, filled while going over many
        """
        self.ensure_one()
        today = self.company_id._qms_today()
        indexes = recurrence.due(self.series_start, *self._rhythm(), self.occurrence, today, **self._end())
        if not indexes:
            return []
        person = self.responsible_id._who_carries_on(today)
        common = self.copy_data()[0] | {"responsible_id": person.id, "series_id": (self.series_id or self).id}
        if person != self.responsible_id:
            del common["department_id"]
        calendar = self.company_id.resource_calendar_id
        rows = []
        for index in indexes:
            day = recurrence.nth(self.series_start, *self._rhythm(), index)
            if (calendar, day) not in working_days:
                working_days[calendar, day] = calendar._qms_working_day_from(day) if calendar else day
            shift, latest = day - self.date_nominal, working_days[calendar, day]
            parts = (part._copy_vals(shift, latest, person) for part in self.part_ids)
            rows.append(
                {
                    **common,
                    "part_ids": [(0, 0, part) for part in parts if part],
                    "date_deadline": latest,
                    "date_nominal": day,
                    "series_start": self.series_start,
                    "occurrence": index,
                }
            )
        return rows

    def action_open_series(self):
        """Open all assignments of the series.

        :return: a window action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_assignment_action")
        first = (self.series_id or self).id
        return {**action, "domain": ["|", ("id", "=", first), ("series_id", "=", first)], "context": {}}

    # === CRONS === #

    @api.model
    def _cron_next_occurrences(self):
        """Make the occurrences whose predecessor's day has come, whether it was reported or not."""
        # sudo: the cron works for all authorities.
        for company in self.env["res.company"].sudo().search([]):
            model = self.sudo().with_company(company)
            domain = (
                Domain("company_id", "=", company.id)
                & Domain("recurrence", "!=", "none")
                & Domain("next_made", "=", False)
                & Domain("state", "in", ("control", "reported", "closed"))
                & Domain("date_nominal", "<", company._qms_today())
            )
            last = 0
            while records := model.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
                last = records[-1].id
                records._make_next()
                # What remains is not counted, only that there is more: Odoo then comes back at once.
                if not self.env["ir.cron"]._commit_progress(len(records), remaining=1):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)
