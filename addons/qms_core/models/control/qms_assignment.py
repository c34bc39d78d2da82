import textwrap

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# What stays as it was put on control: the term moves by postponement only, another text is another assignment.
FIXED = {
    "text",
    "act_id",
    "paragraph_id",
    "set_by_id",
    "date_deadline",
    "recurrence",
    "recurrence_interval",
    "recurrence_until",
    "recurrence_times",
    "series_id",
    "series_start",
    "occurrence",
    "date_nominal",
    "next_made",
}
TITLE = 90


class QmsAssignment(models.Model):
    """What somebody has to carry out by a day because an act, a resolution or a meeting says so."""

    _name = "qms.assignment"
    _description = "Assignment"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.controlled.mixin", "qms.visible.mixin"]
    _order = "date_deadline, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "text"]
    _frozen_states = ("closed", "cancelled")
    _by_method = frozenset(
        {
            "controller_id",
            "date_control",
            "date_reported",
            "timeliness",
            "return_count",
            "date_closed",
            "closed_by_id",
            "cancel_reason",
        }
    )
    _duty_closed_states = ("reported", "closed", "cancelled")
    _number_prefix = "AS"
    _number_groups = ("qms_core.group_execution_control",)
    _reason_methods = ("action_return", "action_cancel", "action_hand_back")

    name = fields.Char("Title", compute="_compute_name", store=True)
    text = fields.Text("What to do", required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("control", "On control"),
            ("reported", "Reported"),
            ("closed", "Taken off control"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    act_id = fields.Many2one(
        "qms.act", index=True, check_company=True, ondelete="restrict", domain="[('state', '!=', 'draft')]"
    )
    paragraph_id = fields.Many2one(
        "qms.act.paragraph", index=True, check_company=True, ondelete="restrict", domain="[('act_id', '=', act_id)]"
    )
    set_by_id = fields.Many2one(
        "hr.employee",
        "Term Set by",
        compute="_compute_set_by_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Who set the term, and alone may postpone it: the signatory of the act or the author of the resolution.",
    )
    responsible_id = fields.Many2one(string="Executor")
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
    )
    part_ids = fields.One2many("qms.assignment.part", "assignment_id", "Co-executors", copy=True)
    report_ids = fields.One2many("qms.assignment.report", "assignment_id", "Reports")
    controller_id = fields.Many2one("res.users", "Put on Control by", readonly=True, copy=False)
    date_control = fields.Date("On Control since", readonly=True, copy=False, index=True)
    date_reported = fields.Date("Final Report on", readonly=True, copy=False)
    timeliness = fields.Selection(
        [("on_time", "On time"), ("late", "Too late")],
        "Carried out",
        readonly=True,
        copy=False,
        help="By the day of the final report, against the term that held on that day.",
    )
    days_used = fields.Integer(
        "Days Taken", compute="_compute_days_used", store=True, aggregator="avg", help="From control to final report."
    )
    return_count = fields.Integer("Times Returned", readonly=True, copy=False)
    date_closed = fields.Date("Taken off Control on", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Taken off by", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)
    may_report = fields.Boolean(compute="_compute_may_report")
    active = fields.Boolean(default=True)

    # serves the board, the counts by stage, and the executive discipline of one authority
    _company_state = models.Index("(company_id, state, date_deadline)")
    # serves the nightly search for the next occurrences
    _next_due = models.Index("(company_id, date_nominal) WHERE next_made IS NOT TRUE AND recurrence != 'none'")

    # === CONSTRAINTS === #

    @api.constrains("date_deadline", "act_id")
    def _check_after_act(self):
        for record in self:
            day = record.act_id.date
            if day and record.date_deadline and record.date_deadline < day:
                raise ValidationError(
                    self.env._(
                        "The term %(term)s lies before the day of the act, %(day)s. Correct the term.",
                        term=fields.Date.to_string(record.date_deadline),
                        day=fields.Date.to_string(day),
                    )
                )

    @api.constrains("paragraph_id", "act_id")
    def _check_paragraph(self):
        for record in self:
            if record.paragraph_id and record.paragraph_id.act_id != record.act_id:
                raise ValidationError(self.env._("The paragraph belongs to another act. Choose one of this act."))

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("text")
    def _compute_name(self):
        for record in self:
            record.name = textwrap.shorten(record.text or "", TITLE, placeholder="…")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.number} {record.name or ''}" if record.number else record.name

    @api.depends("act_id")
    def _compute_set_by_id(self):
        for record in self:
            record.set_by_id = record.act_id.signatory_id or record.set_by_id or self.env.user.employee_id

    @api.depends("responsible_id")
    def _compute_department_id(self):
        # The unit stays what it was when the executor was chosen: discipline is counted where the work was due.
        for record in self:
            record.department_id = record.responsible_id.sudo().department_id  # sudo: the unit only

    @api.depends("date_control", "date_reported")
    def _compute_days_used(self):
        for record in self:
            done = record.date_control and record.date_reported
            record.days_used = (record.date_reported - record.date_control).days if done else 0

    @api.depends("state", "responsible_id")
    @api.depends_context("uid")
    def _compute_may_report(self):
        people = self._reporting_people()
        for record in self:
            record.may_report = record.state == "control" and record._is_executed_by(people)

    @api.model
    def _visible_domain(self):
        own = self.env["hr.employee"]._of_user()
        people = own | own._replaced()
        led = people._led_units()
        # Chiefs are called and told one after another, so each of them reads what it is about.
        executors = people | people._below(led)
        on_control = Domain.OR(
            [
                Domain("responsible_id", "in", executors.ids),
                Domain("part_ids.responsible_id", "in", executors.ids),
                Domain("move_ids.to_id", "in", people.ids),
                Domain("department_id", "child_of", led.ids),
            ]
        )
        return Domain("set_by_id", "in", people.ids) | (Domain("state", "!=", "draft") & on_control)

    # === CRUD === #

    def write(self, vals):
        self._check_fixed(vals)
        self._check_kept(vals)
        moved = self.filtered(lambda record: record.state == "control") if "responsible_id" in vals else self.browse()
        before = {record: record.responsible_id for record in moved}
        result = super().write(vals)
        if "active" in vals:
            self.act_id._follow_assignments()
        if moved:
            moved._check_complete()
            moved._check_executors()
            for record, person in before.items():
                if record.holder_id == person:
                    record._move_to(record.responsible_id)
        return result

    def unlink(self):
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("What was once on control is not deleted. Cancel it with the reason instead."))
        self.part_ids.unlink()
        acts = self.act_id
        result = super().unlink()
        acts._follow_assignments()
        return result

    def _check_fixed(self, vals):
        if self.env.su or not FIXED & set(vals):
            return
        for record in self.filtered(lambda record: record.state != "draft"):
            names = [name for name in FIXED & set(vals) if record._is_changed(name, vals[name])]
            if names:
                raise UserError(
                    self.env._(
                        "%(record)s is on control, so this stays as it is: %(fields)s. Who set the term may postpone "
                        "it; for anything else cancel the assignment and give a new one.",
                        record=record.number,
                        fields=", ".join(sorted(self._fields[name]._description_string(self.env) for name in names)),
                    )
                )

    def _check_kept(self, vals):
        """What is on control is not put away, and who has reported stays the one who did."""
        for record in self.filtered(lambda record: record.state in ("control", "reported")):
            if not vals.get("active", True):
                raise UserError(
                    self.env._(
                        "%s is on control, so it can't be archived. Take it off control, or cancel it with the reason.",
                        record.number,
                    )
                )
            given_away = "responsible_id" in vals and record._is_changed("responsible_id", vals["responsible_id"])
            if given_away and record.state == "reported":
                raise UserError(
                    self.env._(
                        "The executor has reported on %s already. Return the report first, then name another executor.",
                        record.number,
                    )
                )

    def _is_changed(self, name, value):
        field = self._fields[name]
        return field.convert_to_write(field.convert_to_cache(value, self), self) != field.convert_to_write(
            field.convert_to_cache(self[name], self), self
        )

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Carry out the assignment")

    def _duty_is_open(self):
        # What is only being prepared calls nobody: its executor and term may still change.
        return super()._duty_is_open() and self.state != "draft"

    @api.model
    def _duty_open_domain(self):
        return super()._duty_open_domain() & Domain("state", "!=", "draft")

    def _call_responsible(self):
        """Call who holds the document at the moment as well."""
        super()._call_responsible()
        calls = []
        for record in self.sudo():  # sudo: logins of staff, whoever passes the document on
            user = record.holder_id.user_id - record.responsible_user_id
            if user and record.date_deadline and record._duty_is_open():
                summary = record._call_summary(user.lang, "own")
                calls.append((record.id, user.id, record.date_deadline, summary, "do"))
        self._call_each(calls)

    def _without_login(self):
        return self.filtered(lambda record: record.responsible_id and not record.responsible_user_id)

    def _check_executors(self):
        """Raise a UserError where an executor no longer works here; say who could do it instead."""
        for record in self:
            today = record.company_id._qms_today()
            parts = record.part_ids.filtered(lambda part: part.state in ("draft", "open"))
            for person in record.responsible_id | parts.responsible_id:
                other = person._who_carries_on(today)
                if other == person:
                    continue
                raise UserError(
                    self.env._(
                        "%(person)s no longer works here and can't carry it out. Choose %(other)s.",
                        person=person.name,
                        other=other.name or self.env._("another executor"),
                    )
                )
