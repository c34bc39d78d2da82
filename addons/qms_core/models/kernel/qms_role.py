from datetime import timedelta

from odoo import api, fields, models


class QmsRole(models.Model):
    """Who performs: a position, the head of a unit, a commission, the applicant, another body, a system.

    Processes, responsibilities and duties name roles, never people: people come and go.
    """

    _name = "qms.role"
    _description = "Role"
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("position", "Position"),
            ("head", "Head of unit"),
            ("commission", "Commission"),
            ("applicant", "Applicant"),
            ("body", "Outside body"),
            ("system", "Information system"),
        ],
        required=True,
        default="position",
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    job_ids = fields.Many2many("hr.job", string="Job Titles", check_company=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    body_id = fields.Many2one("qms.body", check_company=True)
    party_id = fields.Many2one("qms.party", check_company=True)
    holder_ids = fields.One2many("qms.role.holder", "role_id", "Holders")
    # compute_sudo: a relation to employees is set with HR rights only; names are shown to everyone.
    current_holder_ids = fields.Many2many(
        "hr.employee", string="Held today by", compute="_compute_current_holder_ids", compute_sudo=True
    )
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex("(code, company_id)", "Another role has this code already. Choose a new code.")

    # === COMPUTES === #

    @api.depends("holder_ids.employee_id", "holder_ids.date_from", "holder_ids.date_to", "holder_ids.kind")
    def _compute_current_holder_ids(self):
        for role in self:
            role.current_holder_ids = role._holders()

    # === ACTIONS === #

    def action_reconcile(self):
        """Bring the holders up to date with the staff records now instead of in the night."""
        self._reconcile()

    # === BUSINESS METHODS === #

    def _holders(self, date=None):
        """Return who performs these roles on a day: the only answer to "who".

        Who acts for somebody takes his place; deputies count only where nobody else is left.

        :param datetime.date date: the day; today of the authority by default
        :return: ``hr.employee``, active ones
        """
        holders = self.env["hr.employee"]
        for role in self:
            day = date or role.company_id._qms_today()
            valid = role.holder_ids.filtered(lambda row, day=day: row._valid_on(day) and row.employee_id.active)
            by_kind = {
                kind: valid.filtered(lambda row, kind=kind: row.kind == kind)
                for kind in ("acting", "permanent", "deputy")
            }
            holders |= (by_kind["acting"] or by_kind["permanent"] or by_kind["deputy"]).employee_id
        return holders

    def _holds(self, user):
        """Tell whether a user performs one of these roles today."""
        return bool(self._holders().user_id & user)

    def _reconcile(self):
        """Make the rows that come from the staff records equal to them; rows by hand stay."""
        # sudo: staff history (hr.version) is for HR officers; only job, unit and dates are read from it.
        for role in self.sudo():
            wanted = role._staff_periods()
            rows = role.holder_ids.filtered(lambda row: row.source == "staff")
            kept = rows.filtered(lambda row, wanted=wanted: (row.employee_id.id, row.date_from, row.date_to) in wanted)
            have = {(row.employee_id.id, row.date_from, row.date_to) for row in kept}
            (rows - kept).unlink()
            role.holder_ids.create(
                [
                    {
                        "role_id": role.id,
                        "employee_id": employee,
                        "date_from": start,
                        "date_to": end,
                        "kind": "permanent",
                        "source": "staff",
                    }
                    for employee, start, end in sorted(wanted - have, key=str)
                ]
            )

    def _staff_periods(self):
        """Return who holds the role by the staff records: ``{(employee id, from, to or False)}``."""
        self.ensure_one()
        if self.kind == "head" and self.department_id.manager_id:
            return {(self.department_id.manager_id.id, False, False)}
        if self.kind == "position" and self.job_ids:
            return self._position_periods()
        return set()

    def _position_periods(self):
        """Periods of employees in the role's jobs, read from the versions of their staff record.

        Not from the employee: a move planned for next month is a version already, and becomes current
        without any write on the employee.
        """
        # Found by the versions, as the employee shows only today's job.
        domain = [("job_id", "in", self.job_ids.ids), ("company_id", "=", self.company_id.id)]
        employees = self.env["hr.version"].search(domain).employee_id
        periods = set()
        for employee in employees.filtered("active"):
            versions = employee.version_ids.sorted("date_version")
            for version, following in zip(versions, [*versions[1:], None], strict=True):
                if version.job_id not in self.job_ids:
                    continue
                if self.department_id and version.department_id != self.department_id:
                    continue
                start = version.date_version if version != versions[0] else False
                end = following.date_version - timedelta(days=1) if following else version.departure_date
                periods.add((employee.id, start, end or False))
        return periods

    # === CRONS === #

    @api.model
    def _cron_reconcile(self):
        roles = self.search([("kind", "in", ("position", "head"))])
        for company in roles.company_id:
            roles.filtered(lambda role, company=company: role.company_id == company)._reconcile()
            if not self.env["ir.cron"]._commit_progress(1):
                return
