from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Days in which a nonconformity of a severity has to be settled.
SEVERITY_DAYS = {"minor": 30, "major": 14, "critical": 5}
# What decides who answers and until when: not for those who only report.
STEERING = {"responsible_id", "date_deadline", "cause", "cause_class"}


class QmsNonconformity(models.Model):
    """Something that did not meet a requirement (ISO 9001:2015, 10.2; nonconforming service, 8.7).

    Stages are gates: a cause before a plan, a plan before work, and before closing a check that the actions
    had effect, by a person who did none of the work.
    """

    _name = "qms.nonconformity"
    _description = "Nonconformity"
    _inherit = ["qms.frozen.mixin", "qms.origin.mixin", "qms.number.mixin", "qms.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _state_initial = "reported"
    _frozen_states = ("closed", "rejected")
    _by_method = frozenset({"reporter_id", "checker_id", "date_closed", "reject_reason", "round_count"})
    _duty_closed_states = ("verification", "closed", "rejected")
    _number_prefix = "NC"
    _reason_methods = ("action_reject", "action_reopen")

    name = fields.Char("What happened", required=True, tracking=True)
    description = fields.Text()
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("reported", "Reported"),
            ("analysis", "Cause analysis"),
            ("work", "Actions under way"),
            ("verification", "Effectiveness check"),
            ("closed", "Closed"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="reported",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    kind = fields.Selection(
        [
            ("process", "Process"),
            ("service", "Service delivered to a citizen"),
            ("document", "Document"),
            ("audit", "Audit finding"),
            ("complaint", "Complaint"),
            ("indicator", "Missed target"),
        ],
        required=True,
        default="process",
    )
    severity = fields.Selection(
        [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        required=True,
        default="minor",
        tracking=True,
    )
    process_id = fields.Many2one("qms.process", index=True, check_company=True)
    service_id = fields.Many2one("qms.service", check_company=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    reporter_id = fields.Many2one(
        "res.users", "Reported by", readonly=True, default=lambda self: self.env.user, copy=False
    )
    date_found = fields.Date(default=lambda self: self.env.company._qms_today(), required=True)
    correction = fields.Text("Immediate Correction", help="What was done at once, for the citizen first of all.")
    cause = fields.Text(tracking=True)
    cause_class = fields.Selection(
        [("system", "System"), ("performer", "Performer")],
        help="Most causes lie in the system, not in people (Juran: 80 to 85 of a hundred).",
    )
    action_ids = fields.One2many("qms.action", "nonconformity_id", "Actions")
    action_count = fields.Integer(compute="_compute_action_count")
    checker_id = fields.Many2one("res.users", "Effectiveness checked by", readonly=True, copy=False)
    effect = fields.Text("Effect of the Actions", help="By what one sees that it does not happen again.")
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    reject_reason = fields.Text("Reason for Rejection", readonly=True, copy=False)
    round_count = fields.Integer("Rounds", default=1, readonly=True, copy=False)
    active = fields.Boolean(default=True)

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")
    # serves the reverse side of the origin, shown on the record that raised it
    _raised_by = models.Index("(origin_model, origin_id) WHERE origin_model IS NOT NULL")

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.number} {record.name}" if record.number else record.name

    @api.depends("action_ids")
    def _compute_action_count(self):
        for record in self:
            record.action_count = len(record.action_ids)

    # === ONCHANGE === #

    @api.onchange("service_id")
    def _onchange_service_id(self):
        self.process_id = self.service_id.process_id or self.process_id
        self.department_id = self.service_id.department_id or self.department_id

    @api.onchange("process_id")
    def _onchange_process_id(self):
        self.department_id = self.department_id or self.process_id.department_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_defaults_of_unit(vals) for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            for record in self:
                if STEERING & set(vals):
                    record._check_answers()
                if "effect" in vals:
                    record._check_may_check()
        return super().write(vals)

    @api.model
    def _with_defaults_of_unit(self, vals):
        """Whoever reports need not know who answers: the head of the unit does, by the severity's norm."""
        vals = dict(vals)
        if not self.env.su and not self.env.user._is_quality_staff():
            # Named explicitly, so that no default from a client's context slips in.
            vals |= dict.fromkeys(STEERING | {"effect"}, False)
        if not vals.get("date_deadline"):
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            days = SEVERITY_DAYS[vals.get("severity") or "minor"]
            vals["date_deadline"] = company._qms_today() + timedelta(days=days)
        if not vals.get("responsible_id") and vals.get("department_id"):
            # sudo: an employee of another unit may report without reading its staff.
            vals["responsible_id"] = self.env["hr.department"].sudo().browse(vals["department_id"])._head().id
        return vals

    # === ACTIONS === #

    def action_confirm(self):
        """Accept the report as a nonconformity; its cause is analysed next."""
        for record in self:
            record._check_state("reported")
            record._check_answers()
            record._transition({"state": "analysis"})
            record._recall()

    def action_reject(self, reason=None):
        """Close a report that is no nonconformity.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reject", self.env._("Why is it no nonconformity?"))
        for record in self:
            record._check_state("reported", "analysis")
            record._check_answers()
            if record.reporter_id == self.env.user and not self.env.user._is_quality_staff():
                raise AccessError(self.env._("You reported it, so another person has to reject it."))
            record._transition({"state": "rejected", "reject_reason": reason})
            record._acted()
        return True

    def action_start(self):
        """Start the work: cause and plan are there."""
        for record in self:
            record._check_state("analysis")
            record._check_answers()
            if not record.cause:
                raise UserError(self.env._("Write down the cause first: actions without a cause treat the symptom."))
            plan = record.action_ids.filtered(lambda action: action.state != "cancelled")
            if not plan:
                raise UserError(self.env._("Plan at least one action first."))
            record._transition({"state": "work"})
            plan.filtered(lambda action: action.state == "draft")._start()
            record._recall()

    def action_verify_effect(self):
        """Hand over to the effectiveness check once all actions are done."""
        for record in self:
            record._check_state("work")
            record._check_answers()
            unfinished = record.action_ids.filtered(lambda action: action.state in ("draft", "open"))
            if unfinished:
                raise UserError(
                    self.env._("These actions are not done yet: %s.", ", ".join(unfinished.mapped("number")))
                )
            record._transition({"state": "verification"})
            record._acted()
            record._call_checkers()

    def action_close(self):
        """Close as effective: by a person who did none of the work, with the effect written down."""
        for record in self:
            record._check_state("verification")
            record._check_may_check()
            if not record.effect:
                raise UserError(self.env._("Write down by what one sees that the actions had effect."))
            record._transition(
                {
                    "state": "closed",
                    "checker_id": self.env.uid,
                    "date_closed": record.company_id._qms_today(),
                }
            )
            record._acted()

    def action_reopen(self, reason=None):
        """Start a new round: the check showed that the actions had no effect.

        :param str reason: by what one sees it; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_reopen", self.env._("By what does one see that the actions had no effect?")
            )
        for record in self:
            record._check_state("verification")
            record._check_may_check()
            record._transition({"state": "analysis", "round_count": record.round_count + 1})
            record.message_post(body=reason)
            record._acted()
            record._recall()
        return True

    def action_view_actions(self):
        """Open the actions of these nonconformities."""
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_action_action")
        return {
            **action,
            "domain": [("nonconformity_id", "in", self.ids)],
            "context": {"default_nonconformity_id": self.id if len(self) == 1 else False},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _born_vals(self):
        return {**super()._born_vals(), "reporter_id": self.env.uid, "round_count": 1}

    def _duty_summary(self):
        summaries = {
            "reported": self.env._("Confirm or reject the report"),
            "analysis": self.env._("Find the cause and plan actions"),
            "work": self.env._("See that the actions are done"),
        }
        return summaries.get(self.state, super()._duty_summary())

    def _recall(self):
        """Replace the responsible person's duty of the last stage by that of the new one."""
        self._acted()
        self._call_responsible()

    def _check_answers(self):
        """Only who answers for it moves it on: the responsible person, or the quality staff."""
        self.ensure_one()
        if self.responsible_user_id != self.env.user and not self.env.user._is_quality_staff():
            raise AccessError(self.env._("Only the responsible person or the quality staff can do this."))

    def _term_setters(self):
        # The norm of the severity set the term, not who reported it.
        return self.env["res.users"]

    def _check_may_check(self):
        """The check of the effect belongs to quality staff or auditors who took no part in the work."""
        self.ensure_one()
        user = self.env.user
        if not self.env.user._is_quality_staff() and not user.has_group("qms_core.group_auditor"):
            raise AccessError(self.env._("The effect is checked by the quality staff or an auditor."))
        workers = self.action_ids.responsible_user_id | self.action_ids.done_by_id | self.responsible_user_id
        if user in workers:
            raise AccessError(self.env._("You took part in the work, so another person has to check its effect."))

    def _call_checkers(self):
        # sudo: officers of a unit are staff data; whom to call must not depend on who asks.
        officers = self.department_id.sudo().qms_officer_ids.user_id - self.sudo().action_ids.responsible_user_id
        users = officers or self._users_of("qms_core.group_coordinator", self.company_id)
        deadline = self.company_id._qms_today() + timedelta(days=SEVERITY_DAYS[self.severity])
        self._call_to_act(users, deadline, self.env._("Check the effect of the actions"))

    @api.model
    def _raise_from(self, origin, vals):
        """Raise a nonconformity from a record of any addon.

        :param origin: the record that shows it
        :param dict vals: values of the nonconformity; ``name`` at least
        :return: the nonconformity
        """
        return self.create({**self._origin_vals(origin), "company_id": origin.company_id.id, **vals})
