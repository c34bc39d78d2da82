from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QmsScreening(models.Model):
    """A round in which a commission asks of each function and service whether it has to be, and as it is.

    The first screening looks for duplication, for what can be reduced and for what others could do; the second
    one, after the regulations were tried to be written, drops what no regulation is possible for, and shows
    what came of the verdicts of the first.
    """

    _name = "qms.screening"
    _description = "Screening of Functions"
    _inherit = ["qms.frozen.mixin", "qms.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _frozen_states = ("concluded",)
    _by_method = frozenset({"concluded_by_id", "date_concluded"})
    _sealed = True
    _seal_schema = 2

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        [("first", "First screening"), ("second", "Second screening")], required=True, default="first", tracking=True
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._qms_today(),
        tracking=True,
        help="Day of the commission's meeting: its members are those of this day.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("progress", "In progress"), ("concluded", "Concluded")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    previous_id = fields.Many2one(
        "qms.screening",
        "First Screening",
        check_company=True,
        ondelete="restrict",
        domain="[('kind', '=', 'first'), ('state', '=', 'concluded'), ('company_id', '=', company_id)]",
    )
    branch_id = fields.Many2one(
        "qms.process",
        "Only the Branch",
        check_company=True,
        help="The part of the register that is screened; empty: all of it.",
    )
    commission_id = fields.Many2one(
        "qms.role",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        domain="[('kind', '=', 'commission'), ('company_id', '=', company_id)]",
    )
    # Stored, so that a concluded round keeps its members; compute_sudo: a relation to employees is set with HR
    # rights only, names are shown to everyone.
    member_ids = fields.Many2many(
        "hr.employee", string="Members", compute="_compute_member_ids", store=True, compute_sudo=True
    )
    protocol_number = fields.Char("Number of the Minutes", copy=False, tracking=True)
    date_deadline = fields.Date(
        "Verdicts Carried Out by", copy=False, help="Until when the units carry out what the commission decided."
    )
    note = fields.Text("Opinion of the Commission", copy=False)
    line_ids = fields.One2many("qms.screening.line", "screening_id", "Functions and Services")
    line_count = fields.Integer("Functions and Services Screened", compute="_compute_lines")
    decided_count = fields.Integer("Decided", compute="_compute_lines")
    changing_line_ids = fields.Many2many(
        "qms.screening.line", string="Verdicts That Change Something", compute="_compute_lines"
    )
    previous_line_ids = fields.Many2many(
        "qms.screening.line", string="Verdicts of the First Screening", compute="_compute_previous_line_ids"
    )
    concluded_by_id = fields.Many2one("res.users", "Concluded by", readonly=True, copy=False)
    date_concluded = fields.Date("Concluded on", readonly=True, copy=False)
    active = fields.Boolean(default=True)

    # === COMPUTES === #

    @api.depends("commission_id", "date")
    def _compute_member_ids(self):
        for screening in self:
            screening.member_ids = screening.commission_id._holders(screening.date)

    @api.depends("line_ids.verdict")
    def _compute_lines(self):
        for screening in self:
            screening.line_count = len(screening.line_ids)
            screening.decided_count = len(screening.line_ids.filtered("verdict"))
            screening.changing_line_ids = screening.line_ids.filtered(lambda line: line._changes())

    @api.depends("previous_id.line_ids.verdict")
    def _compute_previous_line_ids(self):
        for screening in self:
            screening.previous_line_ids = screening.previous_id.line_ids.filtered(lambda line: line._changes())

    # === CRUD === #

    def unlink(self):
        if not self._frozen():
            self.line_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_fill(self):
        """Put the functions and services of the register on the list that are not there yet."""
        for screening in self:
            screening.check_access("write")
            screening._check_state("draft", "progress")
            processes, services = screening._subjects()
            lines = screening.line_ids
            screening.line_ids.create(
                [
                    {"screening_id": screening.id, "process_id": process.id, **screening._answers(process)}
                    for process in processes - lines.process_id
                ]
                + [
                    {"screening_id": screening.id, "service_id": service.id, **screening._answers(service)}
                    for service in services - lines.service_id
                ]
            )
            if not screening.line_ids:
                raise UserError(
                    self.env._("The register has no functions or services here. Enter them, or choose another branch.")
                )

    def action_start(self):
        """Begin: the commission is called.

        :raises UserError: naming what is missing
        """
        for screening in self:
            screening.check_access("write")
            screening._check_state("draft")
            screening._check_ready()
            screening._transition({"state": "progress"})
            screening._call_to_act(
                screening.sudo().member_ids.user_id,  # sudo: the login of an employee is staff data
                screening.date,
                lambda screening: screening.env._("Take part in the screening of functions"),
            )

    def action_conclude(self):
        """Close the round for good; the hook carries its verdicts further.

        :raises AccessError: for who may not decide
        :raises UserError: naming each line without verdict or reason
        """
        for screening in self:
            if not self._may_conclude():
                raise AccessError(
                    self.env._("A screening is concluded by the chief quality commissioner or top management.")
                )
            screening._check_state("progress")
            screening._check_decided()
            screening.sudo()._compute_member_ids()  # sudo: as in the field; who holds the seats on the day counts
            screening._transition(
                {
                    "state": "concluded",
                    "concluded_by_id": self.env.uid,
                    "date_concluded": screening.company_id._qms_today(),
                }
            )
            screening._acted()
            screening._carry_out()

    # === BUSINESS METHODS === #

    def _may_conclude(self):
        user = self.env.user
        return user.has_group("qms_core.group_commissioner") or user.has_group("qms_core.group_top_management")

    def _subjects(self):
        """Return what is screened: ``(processes, services)`` of the register or of the branch.

        Headings and internal processes are no functions: nobody could drop or transfer them.
        """
        self.ensure_one()
        domain = [("company_id", "=", self.company_id.id)]
        services = domain
        if self.branch_id:
            domain = [*domain, ("id", "child_of", self.branch_id.id)]
            services = [*services, ("process_id", "child_of", self.branch_id.id)]
        processes = self.env["qms.process"].search([*domain, ("nature", "in", ("function", "service"))])
        return processes.filtered(lambda process: not process.child_ids), self.env["qms.service"].search(services)

    def _answers(self, subject):
        """Return the answers that are known beforehand: from the first round, else from the model."""
        known = self.previous_id.line_ids.filtered(lambda line: line._subject() == subject)[:1]
        if known:
            return {name: known[name] for name in known._criteria()}
        process = subject if subject._name == "qms.process" else subject.process_id
        return {"has_legal_basis": "yes"} if process.legal_basis else {}

    def _check_ready(self):
        """Raise a UserError that names everything the round lacks to begin."""
        self.ensure_one()
        missing = []
        if self.kind == "second" and not self.previous_id:
            missing.append(self.env._("A second screening needs the first one that it follows."))
        if not self.commission_id:
            missing.append(self.env._("No commission is named."))
        elif not self.member_ids:
            missing.append(
                self.env._("Nobody is a member of the commission on that day. Enter the holders of the role.")
            )
        if not self.line_ids:
            missing.append(self.env._("There is nothing to screen. Fill in the functions and services first."))
        if missing:
            raise UserError("\n".join([self.env._("The screening can't begin yet."), *missing]))

    def _check_decided(self):
        """Raise a UserError that names everything the round lacks to be concluded."""
        self.ensure_one()
        missing = [problem for line in self.line_ids if (problem := line._problem())]
        if not self.line_ids:
            missing.append(self.env._("There is nothing to screen. Fill in the functions and services first."))
        if not self.protocol_number:
            missing.append(self.env._("The number of the commission's minutes is missing."))
        if not self.date_deadline and any(line._changes() for line in self.line_ids):
            missing.append(self.env._("Say until when the verdicts have to be carried out."))
        if missing:
            raise UserError("\n".join([self.env._("The screening can't be concluded yet."), *missing]))

    def _carry_out(self):
        """Hook: what follows from the verdicts of a concluded round."""

    def _seal_content(self):
        """People and the commission by id: marriages and new codes change no minutes."""
        self.ensure_one()
        return {
            "name": self.name,
            "kind": self.kind,
            "date": self.date,
            "commission": self.commission_id.id,
            "members": sorted(self.member_ids.ids),
            "minutes": self.protocol_number or "",
            "note": self.note or "",
            "lines": [line._seal_content() for line in self.line_ids.sorted("id")],
        }

    def _seal_content_before(self, schema):
        # Form 1 held names of people and codes, which change.
        return {
            **self._seal_content(),
            "commission": self.commission_id.code or "",
            "members": sorted(self.member_ids.mapped("name")),
            "lines": [line._seal_content_before() for line in self.line_ids.sorted("id")],
        }
