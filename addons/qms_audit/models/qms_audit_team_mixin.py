from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# What the entry in the calendar shows.
IN_CALENDAR = {
    "name",
    "process_ids",
    "department_ids",
    "responsible_id",
    "auditor_ids",
    "date_start",
    "date_end",
}
# Invitations of an audit are calendar entries, not mails.
QUIET = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}


class QmsAuditTeamMixin(models.AbstractModel):
    """Who audits whom, and when: an independent team, and the entry in the calendars of both sides."""

    _name = "qms.audit.team.mixin"
    _description = "Team and time of an audit"
    _inherit = ["qms.deadline.mixin"]

    process_ids = fields.Many2many("qms.process", string="Processes", check_company=True)
    department_ids = fields.Many2many("hr.department", string="Units", check_company=True)
    audited_department_ids = fields.Many2many(
        "hr.department",
        "qms_audit_audited_department_rel",
        "audit_id",
        "department_id",
        "Audited Units",
        compute="_compute_audited_department_ids",
        store=True,
    )
    responsible_id = fields.Many2one(
        string="Team Leader", required=True, default=lambda self: self._default_responsible_id()
    )
    # Users, not employees: only the staff office may link records to staff records.
    auditor_ids = fields.Many2many("res.users", string="Auditors")
    possible_leader_ids = fields.Many2many("hr.employee", compute="_compute_possible_auditors", compute_sudo=True)
    possible_auditor_ids = fields.Many2many("res.users", compute="_compute_possible_auditors", compute_sudo=True)
    date_start = fields.Datetime("Start", required=True, tracking=True)
    date_end = fields.Datetime("End", required=True)
    # Not for clients: whoever set it could move anybody's meeting by moving an audit.
    event_id = fields.Many2one(
        "calendar.event", copy=False, ondelete="set null", index="btree_not_null", groups=fields.NO_ACCESS
    )

    _dates_order = models.Constraint(
        "CHECK (date_end > date_start)", "The audit must end after it starts. Correct the dates."
    )

    # === CONSTRAINTS === #

    @api.constrains("process_ids", "department_ids", "responsible_id", "auditor_ids")
    def _check_team(self):
        for audit in self:
            if not audit.process_ids and not audit.department_ids:
                raise ValidationError(self.env._("Choose the processes or the units that are audited."))
            audit._check_are_auditors()
            audit._check_independence()

    def _check_are_auditors(self):
        self.ensure_one()
        audit = self.sudo()  # sudo: as in _check_independence
        strangers = (audit.responsible_id - audit.possible_leader_ids).mapped("name")
        strangers += (audit.auditor_ids - audit.possible_auditor_ids).mapped("name")
        if strangers:
            raise ValidationError(
                self.env._(
                    "%s can't audit: only staff with the role of an auditor can. Choose somebody else or have the "
                    "role given to them.",
                    ", ".join(strangers),
                )
            )

    def _check_independence(self):
        """Nobody audits his own work: his unit, a unit he heads, a process he owns."""
        self.ensure_one()
        audit = self.sudo()  # sudo: who works where must be known for the check, whoever plans
        for member in audit._team():
            own = audit.audited_department_ids.filtered(
                lambda unit, person=member: person in unit.manager_id | unit.member_ids
            )
            owned = audit._audited_processes().filtered(lambda process, person=member: person in process.owner_ids)
            if own or owned:
                raise ValidationError(
                    self.env._(
                        "%(person)s can't audit %(what)s: nobody audits his own work. Choose another auditor.",
                        person=member.name,
                        what=", ".join((own or owned).mapped("display_name")),
                    )
                )

    # === DEFAULTS AND COMPUTES === #

    @api.model
    def _default_responsible_id(self):
        return self.env.user.has_group("qms_core.group_auditor") and self.env.user.employee_id

    # Not on the unit of the process: a closed audit keeps the units it was about.
    @api.depends("process_ids", "department_ids")
    def _compute_audited_department_ids(self):
        for audit in self:
            audit.audited_department_ids = audit.department_ids | audit.process_ids.department_id

    @api.depends("company_id")
    def _compute_possible_auditors(self):
        for audit in self:
            # sudo: who is an auditor is no secret, staff records are.
            users = self._users_of("qms_core.group_auditor", audit.company_id).sudo()
            people = users.employee_ids.filtered(lambda person, audit=audit: person.company_id == audit.company_id)
            audit.possible_leader_ids = people
            audit.possible_auditor_ids = people.user_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        audits = super().create(vals_list)
        audits._plan_in_calendar()
        return audits

    def write(self, vals):
        result = super().write(vals)
        if IN_CALENDAR & set(vals):
            self._plan_in_calendar()
        return result

    def unlink(self):
        self.sudo().event_id.with_context(**QUIET).unlink()  # sudo: as in _plan_in_calendar
        return super().unlink()

    # === BUSINESS METHODS === #

    def _audited_processes(self):
        """Return the processes chosen or, where only units are, the processes of these units."""
        self.ensure_one()
        return self.process_ids or self.env["qms.process"].search(
            Domain("department_id", "in", self.department_ids.ids) & Domain("version_id", "!=", False)
        )

    def _team_users(self):
        return self.responsible_user_id | self.auditor_ids

    def _team(self):
        """Return the team as staff of the authority (``hr.employee``)."""
        # sudo: as in _heads
        people = self.sudo().auditor_ids.employee_ids.filtered(lambda person: person.company_id == self.company_id)
        return self.responsible_id | people.sudo(False)

    def _heads(self):
        """Return the heads of the audited units (``hr.employee``)."""
        heads = self.env["hr.employee"]
        for unit in self.sudo().audited_department_ids:  # sudo: staff records, whoever plans
            heads |= unit._head()
        return heads

    def _plan_in_calendar(self):
        """Make or move the entries in the calendars of the teams and of the heads of the audited units."""
        # sudo: the entry is the leader's, whoever plans the audit.
        for audit in self.sudo().with_context(**QUIET):
            if audit.event_id:
                audit.event_id.write(audit._event_vals())
            else:
                audit.event_id = audit.event_id.create(audit._event_vals())

    def _event_vals(self):
        self.ensure_one()
        partners = self._team_users().partner_id
        for head in self._heads():
            partners |= head.user_id.partner_id or head.work_contact_id
        return {
            "name": self.env._("Audit %s", self.display_name),
            "start": self.date_start,
            "stop": self.date_end,
            "user_id": self.responsible_user_id.id,
            "partner_ids": [Command.set(partners.ids)],
            "privacy": "confidential",
        }

    def _leave_calendar(self):
        self.sudo().event_id.with_context(**QUIET).active = False  # sudo: as in _plan_in_calendar
