from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Kinds of roles that are lines of the staffing table; a head of unit is a position that the unit's manager holds.
STAFF_KINDS = ("position", "head")


class QmsRole(models.Model):
    """Who performs: a position, the head of a unit, a commission, the applicant, another body, a system.

    Processes, responsibilities and duties name roles, never people: people come and go. A position is a role of
    job × unit with the headcount that the staffing table approves.
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
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    job_ids = fields.Many2many("hr.job", string="Job Titles", check_company=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    body_id = fields.Many2one("qms.body", check_company=True)
    party_id = fields.Many2one("qms.party", check_company=True)
    headcount = fields.Integer(
        "Approved Headcount",
        compute="_compute_headcount",
        store=True,
        readonly=False,
        help="How many people the approved staffing table has in this position.",
    )
    holder_ids = fields.One2many("qms.role.holder", "role_id", "Holders")
    # compute_sudo: a relation to employees is set with HR rights only; names are shown to everyone.
    current_holder_ids = fields.Many2many(
        "hr.employee", string="Held today by", compute="_compute_current_holder_ids", compute_sudo=True
    )
    filled_count = fields.Integer(
        "Filled",
        compute="_compute_filling",
        store=True,
        help="How many people hold the position for good today; who only acts for somebody fills no vacancy.",
    )
    vacancy_count = fields.Integer("Vacancies", compute="_compute_filling", store=True)
    held_alone = fields.Boolean(
        "One Person without Deputy",
        compute="_compute_filling",
        store=True,
        help="If this person is away, nobody may perform the role.",
    )
    duty_ids = fields.One2many("qms.duty", "role_id", "Duties")
    skill_ids = fields.One2many("qms.role.skill", "role_id", "Required Skills")
    required_training = fields.Text(
        "Required Trainings", help="One per line: what a person in this position has to be trained in, and how often."
    )
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex("(code, company_id)", "Another role has this code already. Choose a new code.")
    _headcount_range = models.Constraint(
        "CHECK (headcount >= 0 AND headcount <= 100000)",
        "The approved headcount must lie between 0 and 100000. Correct it.",
    )

    @api.constrains("kind", "job_ids", "department_id", "company_id", "active")
    def _check_one_position(self):
        """A line of the staffing table is one position: a second one would count the same people twice."""
        for role in self:
            if not (role.active and role.kind in STAFF_KINDS and role.job_ids):
                continue
            twin = self.search(
                [
                    ("id", "!=", role.id),
                    ("company_id", "=", role.company_id.id),
                    ("kind", "in", STAFF_KINDS),
                    ("job_ids", "in", role.job_ids.ids),
                    ("department_id", "=", role.department_id.id),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "“%(twin)s” is already the position of this job in this unit. Change its headcount instead of "
                        "adding a second position.",
                        twin=twin.name,
                    )
                )

    # === COMPUTES === #

    @api.depends("kind")
    def _compute_headcount(self):
        for role in self:
            role.headcount = (role.headcount or 1) if role.kind in STAFF_KINDS else 0

    @api.depends(
        "holder_ids.employee_id",
        "holder_ids.date_from",
        "holder_ids.date_to",
        "holder_ids.kind",
        "holder_ids.rank",
        "holder_ids.acted_for_id",
        "holder_ids.reason",
    )
    def _compute_current_holder_ids(self):
        for role in self:
            role.current_holder_ids = role._holders()

    @api.depends(
        "kind",
        "headcount",
        "holder_ids.employee_id.active",
        "holder_ids.date_from",
        "holder_ids.date_to",
        "holder_ids.kind",
    )
    def _compute_filling(self):
        """What the staffing table sums up. Stored, so that it groups and adds; recounted each night, as days pass."""
        for role in self:
            rows = role.holder_ids._counting()
            permanent = rows.filtered(lambda row: row.kind == "permanent").employee_id
            deputies = rows.filtered(lambda row: row.kind == "deputy").employee_id - permanent
            staffed = role.kind in STAFF_KINDS
            role.filled_count = len(permanent)
            role.vacancy_count = max(role.headcount - len(permanent), 0) if staffed else 0
            role.held_alone = staffed and len(permanent) == 1 and not deputies

    # === ONCHANGE === #

    @api.onchange("job_ids")
    def _onchange_job_ids(self):
        units = self.job_ids.department_id
        if len(units) == 1 and not self.department_id:
            self.department_id = units

    # === ACTIONS === #

    def action_reconcile(self):
        """Bring the holders up to date with the staff records now instead of in the night."""
        self.check_access("write")
        self._reconcile()

    # === BUSINESS METHODS === #

    def _holders(self, date=None):
        """Return who performs these roles on a day: the only answer to "who".

        Who acts for somebody takes that person's place (all places, where the order names nobody); deputies
        count only where nobody else is left, the first in rank before the next.

        :param datetime.date date: the day, past or future; today of the authority by default
        :return: ``hr.employee``, people at work on that day
        """
        holders = self.env["hr.employee"]
        # sudo: whom a role means must not depend on who asks; departure dates are for HR officers only.
        for role in self.sudo():
            holders |= role._holders_on(date or role.company_id._qms_today()).with_env(self.env)
        return holders

    def _holders_on(self, day):
        self.ensure_one()
        rows = self.holder_ids._counting(day)
        acting = rows.filtered(lambda row: row.kind == "acting")
        permanent = rows.filtered(lambda row: row.kind == "permanent").employee_id
        replaced = acting.acted_for_id
        if acting.filtered(lambda row: not row.acted_for_id and row.reason != "vacancy"):
            replaced |= permanent
        people = (acting.employee_id | permanent) - replaced
        if people:
            return people
        deputies = rows.filtered(lambda row: row.kind == "deputy")
        first = min(deputies.mapped("rank"), default=0)
        return deputies.filtered(lambda row: row.rank == first).employee_id

    def _holds(self, user):
        """Tell whether a user performs one of these roles today."""
        return bool(self._holders().user_id & user)
