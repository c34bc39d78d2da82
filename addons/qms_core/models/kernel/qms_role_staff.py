import logging
from datetime import timedelta

from odoo import api, models

from .qms_role import STAFF_KINDS

_logger = logging.getLogger(__name__)


class QmsRole(models.Model):
    """Who holds a role by the staff records."""

    _inherit = "qms.role"

    # === BUSINESS METHODS === #

    def _reconcile(self):
        """Make the rows that come from the staff records equal to them; rows by hand stay.

        What was is kept: a row that no longer holds ends yesterday, so that the question who it was then has
        an answer.
        """
        # sudo: staff history (hr.version) is for HR officers; only job, unit and dates are read from it.
        for role in self.sudo():
            role._match_staff_rows(role._staff_periods())
        self._recount()

    def _match_staff_rows(self, periods):
        """Bring the staff rows to the given periods.

        :param set periods: ``{(employee id, from or False, to or False)}``
        """
        self.ensure_one()
        rows = {
            (row.employee_id.id, row.date_from): row for row in self.holder_ids.filtered(lambda r: r.source == "staff")
        }
        created = []
        for employee_id, start, end in sorted(periods, key=str):
            row = rows.pop((employee_id, start), None)
            if not row:
                created.append(self._staff_row_vals(employee_id, start, end))
            elif row.date_to != end:
                row.date_to = end
        leftover = self.env["qms.role.holder"].concat(*rows.values())
        leftover._end(self.company_id._qms_today() - timedelta(days=1))
        self.env["qms.role.holder"].create(created)

    def _staff_row_vals(self, employee_id, start, end):
        return {
            "role_id": self.id,
            "employee_id": employee_id,
            "date_from": start,
            "date_to": end,
            "kind": "permanent",
            "source": "staff",
            # What had ended before the system knew of it needs no hand-over.
            "end_noticed": bool(end and end < self.company_id._qms_today()),
        }

    def _staff_periods(self):
        """Return who holds the role by the staff records: ``{(employee id, from, to or False)}``."""
        self.ensure_one()
        if self.kind == "head" and self.department_id.manager_id:
            return self._head_periods()
        if self.kind == "position" and self.job_ids:
            return self._position_periods()
        return set()

    def _head_periods(self):
        """The manager of the unit. Odoo keeps no history of managers: the holder rows are that history."""
        manager = self.department_id.manager_id
        today = self.company_id._qms_today()
        if not manager._works_on(today):
            return set()
        rows = self.holder_ids.filtered(lambda row: row.source == "staff")
        current = rows.filtered(lambda row: row.employee_id == manager and row._valid_on(today))[:1]
        start = current.date_from if current else (today if rows else False)
        return {(manager.id, start, manager.departure_date or False)}

    def _position_periods(self):
        """Periods of employees in the role's jobs, read from the versions of their staff record.

        Not from the employee: a move planned for next month is a version already, and becomes current
        without any write on the employee.
        """
        # Found by the versions, as the employee shows only today's job.
        domain = [("job_id", "in", self.job_ids.ids), ("company_id", "=", self.company_id.id)]
        periods = set()
        for employee in self.env["hr.version"].search(domain).employee_id:
            if employee.active or employee.departure_date:
                periods |= {(employee.id, start, end) for start, end in self._periods_of(employee)}
        return periods

    def _periods_of(self, employee):
        """Return the periods of one person in the position; versions that follow one another are one period."""
        versions = employee.version_ids.sorted("date_version")
        periods = []
        for version, following in zip(versions, [*versions[1:], None], strict=True):
            if version.job_id not in self.job_ids:
                continue
            if self.department_id and version.department_id != self.department_id:
                continue
            start = version.date_version if version != versions[0] else False
            end = following.date_version - timedelta(days=1) if following else version.departure_date or False
            if start and end and end < start:
                continue
            if periods and start and periods[-1][1] == start - timedelta(days=1):
                start = periods.pop()[0]
            periods.append((start, end))
        return periods

    def _recount(self):
        """Recount vacancies: a day has passed, or a departure date was set."""
        for name in ("filled_count", "vacancy_count", "held_alone"):
            self.env.add_to_compute(self._fields[name], self)

    def _reconcile_in_turn(self, company):
        """Do the night's work for one of several authorities: its mistakes must not keep the others waiting.

        :param company: the authority of these roles (``res.company``)
        """
        try:
            with self.env.cr.savepoint():
                self.filtered(lambda role: role.kind in STAFF_KINDS)._reconcile()
                self._recount()
                self.env["qms.handover"]._call_for(company)
        except Exception:  # whatever it is: the log says so, and the next night tries again
            _logger.exception("The holders of roles of %s could not be brought up to date", company.name)

    # === CRONS === #

    @api.model
    def _cron_reconcile(self):
        """Bring all authorities up to date with their staff records; ask for hand-overs where people left."""
        roles = self.search([])
        for company in roles.company_id:
            roles.filtered(lambda role, company=company: role.company_id == company)._reconcile_in_turn(company)
            if not self.env["ir.cron"]._commit_progress(1):
                return
