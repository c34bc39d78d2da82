from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

REPORT_DAYS = 7
# What is agreed with the audited units: once the audit has started, not changed by the team itself.
PLAN = {
    "name",
    "kind",
    "grounds",
    "ordered_by_id",
    "external_body",
    "process_ids",
    "department_ids",
    "standard_id",
    "responsible_id",
    "auditor_ids",
    "date_start",
    "date_end",
    "date_deadline",
}


class QmsAudit(models.Model):
    """An audit of processes and units by people who do not work there.

    The commissioner sets the extent, the team works, its leader answers for the report, the commissioner
    decides on it. Nobody does two of these for the same report.
    """

    _name = "qms.audit"
    _description = "Audit"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.audit.team.mixin"]
    _by_method = frozenset({"date_reported", "decision", "decider_id", "date_closed", "cancel_reason"})
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _state_initial = "planned"
    _frozen_states = ("closed", "cancelled")
    _sealed = True
    _duty_closed_states = ("report", "closed", "cancelled")
    _deadline_by_method = False  # it follows from the plan of the audit, which has its own gate
    _number_prefix = "AU"
    _number_groups = ("qms_core.group_auditor",)
    _reason_methods = ("action_return", "action_close", "action_cancel")

    name = fields.Char("Subject", required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("in_progress", "Under way"),
            ("report", "Report handed in"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    kind = fields.Selection(
        [
            ("ongoing", "Ongoing"),
            ("planned", "Planned, by schedule"),
            ("unplanned", "Unplanned"),
            ("external", "External"),
        ],
        required=True,
        default="planned",
        tracking=True,
    )
    grounds = fields.Selection(
        [
            ("violation", "Violation of established rules and procedures"),
            ("inspection", "Ahead of an unplanned inspection"),
        ],
    )
    ordered_by_id = fields.Many2one(
        "hr.employee",
        "Ordered by",
        check_company=True,
        ondelete="restrict",
        help="The mayor, a deputy, the managing secretary or the head of a unit.",
    )
    external_body = fields.Char("Auditing Body", help="Who audits from outside, for instance a certification body.")
    standard_id = fields.Many2one("qms.standard", check_company=True, ondelete="restrict")
    scope = fields.Text("Extent of the Check", copy=False, tracking=True, help="Set by the chief quality commissioner.")
    date_deadline = fields.Date(
        "Report Due", copy=False, help="A week after the end of the audit, if not set otherwise."
    )
    line_ids = fields.One2many("qms.audit.line", "audit_id", "Checklist")
    finding_ids = fields.One2many("qms.audit.finding", "audit_id", "Findings")
    line_count = fields.Integer("Questions", compute="_compute_counts")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    finding_count = fields.Integer("Number of Findings", compute="_compute_counts")
    cancel_reason = fields.Text(readonly=True, copy=False)
    may_decide = fields.Boolean(compute="_compute_may")
    may_lead = fields.Boolean(compute="_compute_may")
    active = fields.Boolean(default=True)

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")

    # === CONSTRAINTS === #

    @api.constrains("kind", "grounds", "ordered_by_id", "external_body")
    def _check_kind(self):
        for audit in self:
            if audit.kind == "unplanned" and not (audit.grounds and audit.ordered_by_id):
                raise ValidationError(
                    self.env._("An unplanned audit needs its grounds and the person who ordered it. Fill in both.")
                )
            if audit.kind == "external" and not audit.external_body:
                raise ValidationError(self.env._("Name the body that carries out the external audit."))

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for audit in self:
            audit.display_name = f"{audit.number} {audit.name}" if audit.number else audit.name

    @api.depends("line_ids.answer", "finding_ids")
    def _compute_counts(self):
        for audit in self:
            audit.line_count = len(audit.line_ids)
            audit.answered_count = len(audit.line_ids.filtered("answer"))
            audit.finding_count = len(audit.finding_ids)

    @api.depends("responsible_id", "auditor_ids")
    @api.depends_context("uid")
    def _compute_may(self):
        commissioner = self.env.user.has_group("qms_core.group_commissioner")
        for audit in self:
            audit.may_decide = commissioner and self.env.user not in audit._team_users()
            audit.may_lead = audit.responsible_user_id == self.env.user

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("scope") for vals in vals_list):
            self._check_sets_scope()
        audits = super().create([self._with_report_day(vals) for vals in vals_list])
        audits._call_for_scope()
        return audits

    def write(self, vals):
        if "scope" in vals:
            self._check_sets_scope()
        if PLAN & set(vals) and not self._in_transition():
            self._check_steers()
        if "active" in vals:
            self._check_may_archive()
        result = super().write(self._with_report_day(vals))
        if vals.get("scope"):
            self._acted(lambda audits: audits._scope_summary())
        elif PLAN & set(vals):
            self._call_for_scope()  # a new day or leader restarts all duties of the audit
        return result

    def unlink(self):
        if self.filtered(lambda audit: audit.state in ("in_progress", "report")):
            raise UserError(self.env._("An audit that has started can't be deleted. Cancel it with the reason."))
        if not self._frozen():
            parts = self.sudo()  # sudo: the checklist goes with its audit, whoever may delete that
            parts.line_ids.unlink()
        return super().unlink()

    def _with_report_day(self, vals):
        if not vals.get("date_end") or vals.get("date_deadline"):
            return vals
        company = self.company_id[:1] or self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        end = company._qms_day_of(fields.Datetime.to_datetime(vals["date_end"]))
        return {**vals, "date_deadline": end + timedelta(days=REPORT_DAYS)}

    # === ACCESS === #

    def _check_sets_scope(self):
        if not self.env.user.has_group("qms_core.group_commissioner"):
            raise AccessError(
                self.env._("The extent of the check is set by the chief quality commissioner. Leave it empty.")
            )

    def _check_steers(self):
        """The plan of an audit under way was agreed with others: its team doesn't change it alone."""
        if not self._steers() and self.filtered(lambda audit: audit.state == "in_progress"):
            raise AccessError(
                self.env._("Ask the coordinator or the commissioner to change the plan: the audit is under way.")
            )

    def _check_may_archive(self):
        """An archived audit calls nobody any more, so its leader doesn't put it away, nor anybody a started one."""
        if not self._steers():
            raise AccessError(self.env._("Audits are archived by the coordinator or the commissioner. Ask them."))
        started = self.filtered(lambda audit: audit.state != "planned")
        if started:
            raise UserError(
                self.env._(
                    "%s has started, so it can't be archived. Cancel it with the reason.", started[0].display_name
                )
            )

    @api.model
    def _steers(self):
        user = self.env.user
        return user.has_group("qms_core.group_coordinator") or user.has_group("qms_core.group_commissioner")

    def _check_leads(self):
        self.ensure_one()
        if self.responsible_user_id != self.env.user:
            raise AccessError(self.env._("Only the leader of the audit team can do this."))

    # === ACTIONS === #

    def action_generate_checklist(self):
        """Add the questions that the model asks of the audited processes; those already there stay."""
        lines = self.env["qms.audit.line"]
        for audit in self:
            audit._check_state("planned", "in_progress")
            processes = audit._audited_processes()
            if not processes:
                raise UserError(
                    self.env._("The audited units have no processes in the model. Choose processes or add questions.")
                )
            asked = {(line.process_id.id, line.question) for line in audit.line_ids}
            lines.create(
                [
                    {**question, "audit_id": audit.id}
                    for process in processes
                    for question in lines._questions_of(process, audit.standard_id)
                    if (process.id, question["question"]) not in asked
                ]
            )

    def action_start(self):
        """Start the audit: its extent is set, its checklist made, its team still independent."""
        for audit in self:
            audit._check_state("planned")
            audit._check_leads()
            audit._check_are_auditors()
            audit._check_independence()
            if not audit.scope:
                raise UserError(self.env._("The chief quality commissioner has to set the extent of the check first."))
            if not audit.line_ids:
                raise UserError(self.env._("Make the checklist first."))
            audit._transition({"state": "in_progress"})

    def action_cancel(self, reason=None):
        """Cancel an audit that does not take place.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is it cancelled?"))
        for audit in self:
            audit._check_state("planned", "in_progress")
            if not self._steers():
                raise AccessError(self.env._("Audits are cancelled by the coordinator or the commissioner. Ask them."))
            audit._transition({"state": "cancelled", "cancel_reason": reason})
            audit._acted()
            audit._leave_calendar()
        return True

    def action_view_findings(self):
        """Open the findings of these audits."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_audit.qms_audit_finding_action"),
            "domain": [("audit_id", "in", self.ids)],
            "context": {"default_audit_id": self.id if len(self) == 1 else False},
        }

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Carry out the audit and hand in its report")

    def _day_verb(self, user):
        # The team carries it out; others are called to set its extent and to decide on its report.
        return "do" if user in self._team_users() else "decide"

    def _hand_over(self, successor, reason):
        # Who hands over has been checked, and need not steer audits. The team still has to be independent.
        for audit in self.sudo():  # sudo: as in super
            audit._transition({"responsible_id": successor.id})
            audit.message_post(body=reason)

    def _call_for_scope(self):
        waiting = self.filtered(lambda audit: audit.state == "planned" and not audit.scope)
        waiting._call_commissioners(lambda audit: audit._scope_summary())

    @api.model
    def _scope_summary(self):
        return self.env._("Set the extent of the audit")

    def _call_commissioners(self, summary):
        for audit in self:
            users = self._users_of("qms_core.group_commissioner", audit.company_id)
            audit._call_to_act(users - audit._team_users(), audit.company_id._qms_today(), summary)
