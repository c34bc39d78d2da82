from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# What decides who answers and until when: not for those who only report.
STEERING = {"responsible_id", "date_deadline", "cause", "cause_class"}


class QmsNonconformity(models.Model):
    """Something that did not meet a requirement (ISO 9001:2015, 10.2; nonconforming service, 8.7).

    Stages are gates: a cause before a plan, a plan before work, and before closing a check that the actions
    had effect, by a person who did none of the work.

    Of a nonconformity of the kind corruption even the name is only for its reporter, who answers for it, the
    coordinator and the commissioner: the head of the unit may be the one it speaks of.
    """

    _name = "qms.nonconformity"
    _description = "Nonconformity"
    _inherit = [
        "qms.improvement.mixin",
        "qms.worker.mixin",
        "qms.frozen.mixin",
        "qms.origin.mixin",
        "qms.number.mixin",
        "qms.deadline.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _state_initial = "reported"
    _frozen_states = ("closed", "rejected")
    _by_method = frozenset(
        {
            "reporter_id",
            "reject_reason_id",
            "reject_reason",
            "use_blocked",
            "blocked_by_id",
            "date_blocked",
            "released_by_id",
            "date_released",
            "release_reason",
            "repeat_of_id",
            "repeat_denied",
            "checker_id",
            "date_check",
            "date_closed",
            "round_count",
            "by_mail",
            "mail_sender",
            "former_user_ids",
        }
    )
    _duty_closed_states = ("verification", "closed", "rejected")
    _work_states = ("analysis", "work", "verification")
    _number_prefix = "NC"
    _reason_methods = ("action_reject", "action_release_use", "action_close", "action_reopen")

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
            ("security", "Security"),
            ("corruption", "Corruption"),
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
    category_id = fields.Many2one(
        "qms.nonconformity.category",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="By what the authority counts and compares what goes wrong.",
    )
    process_id = fields.Many2one("qms.process", index=True, check_company=True)
    process_version_id = fields.Many2one(related="process_id.version_id", string="Version in Force")
    step_id = fields.Many2one(
        "qms.process.step",
        index="btree_not_null",
        check_company=True,
        domain="[('version_id', '=', process_version_id)]",
        help="The step of the version in force where it happened.",
    )
    requirement_id = fields.Many2one(
        "qms.requirement",
        index="btree_not_null",
        check_company=True,
        help="The clause that was not met.",
    )
    service_id = fields.Many2one("qms.service", check_company=True)
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    reporter_id = fields.Many2one(
        "res.users", "Reported by", readonly=True, default=lambda self: self.env.user, copy=False
    )
    date_found = fields.Date(default=lambda self: self.env.company._qms_today(), required=True)
    correction = fields.Text("Immediate Correction", help="What was done at once, for the citizen first of all.")
    containment = fields.Text(help="What keeps it from going on or spreading until its cause is removed.")
    cause = fields.Text(
        "Root Cause", tracking=True, help="Left empty, it is taken from the causes marked as root causes."
    )
    cause_class = fields.Selection(
        [("system", "System"), ("performer", "Performer")],
        help="Most causes lie in the system, not in people (Juran: 80 to 85 of a hundred).",
    )
    action_ids = fields.One2many("qms.action", "nonconformity_id", "Actions")
    action_count = fields.Integer(compute="_compute_action_count")
    may_answer = fields.Boolean(compute="_compute_may_answer")
    reject_reason_id = fields.Many2one("qms.rejection.reason", "Kind of Rejection", readonly=True, copy=False)
    reject_reason = fields.Text("Reason for Rejection", readonly=True, copy=False)

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")
    # serves the reverse side of the origin, shown on the record that raised it
    _raised_by = models.Index("(origin_model, origin_id) WHERE origin_model IS NOT NULL")

    # === CONSTRAINTS === #

    @api.constrains("step_id", "process_id")
    def _check_step_id(self):
        for record in self:
            if record.step_id and record.step_id.version_id.process_id != record.process_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is no step of the process. Choose one of its version in force.", record.step_id.name
                    )
                )

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name", "kind")
    def _compute_display_name(self):
        for record in self:
            # Names are shown to all who see an action or a duty, so a confidential one is its number.
            parts = (record.number, record.name if record.kind != "corruption" or not record.number else "")
            record.display_name = " ".join(filter(None, parts))

    @api.depends("action_ids")
    def _compute_action_count(self):
        for record in self:
            record.action_count = len(record.action_ids)

    @api.depends("responsible_id", "responsible_user_id", "kind")
    @api.depends_context("uid")
    def _compute_may_answer(self):
        user = self.env.user
        quality = user._is_quality_staff()
        chiefs = user.has_group("qms_core.group_coordinator") or user.has_group("qms_core.group_commissioner")
        for record in self:
            # What is confidential is left to nobody's stand-in, nor to the officers of the units.
            others = chiefs if record.kind == "corruption" else quality or record.is_mine
            record.may_answer = others or record.responsible_user_id == user

    # === ONCHANGE === #

    @api.onchange("service_id")
    def _onchange_service_id(self):
        self.process_id = self.service_id.process_id or self.process_id
        self.department_id = self.service_id.department_id or self.department_id

    @api.onchange("process_id")
    def _onchange_process_id(self):
        if self.step_id.version_id.process_id != self.process_id:
            self.step_id = False
        self.department_id = self.department_id or self.process_id.department_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Whoever leads a unit is asked once for all its reports, not for each.
        heads = {}
        records = super().create([self._with_defaults_of_unit(vals, heads) for vals in vals_list])
        records._call_triage()
        return records

    def write(self, vals):
        if not self.env.su and set(vals) - self._frozen_writable:
            for record in self:
                record._check_may_write(vals)
        return super().write(vals)

    @api.model
    def _with_defaults_of_unit(self, vals, heads):
        """Whoever reports need not know who answers: the head of the unit does, by the severity's norm."""
        vals = dict(vals)
        if not self.env.su and not self.env.user._is_quality_staff():
            # Named explicitly, so that no default from a client's context slips in.
            vals |= dict.fromkeys(STEERING | {"effect"}, False)
        if not vals.get("date_deadline"):
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            vals["date_deadline"] = company._qms_severity_deadline(vals.get("severity") or "minor")
        unit = vals.get("department_id")
        if unit and not vals.get("responsible_id") and vals.get("kind") != "corruption":
            if unit not in heads:
                # sudo: an employee of another unit may report without reading its staff.
                heads[unit] = self.env["hr.department"].sudo().browse(unit)._head().id
            vals["responsible_id"] = heads[unit]
        return vals

    # === ACCESS === #

    def _check_may_write(self, vals):
        """Who reports may correct his report until it is confirmed; from then on who answers for it writes."""
        self.ensure_one()
        names = set(vals)
        if names == {"effect"}:
            self._check_may_check()
        elif STEERING & names or self.state != "reported" or self.reporter_id != self.env.user:
            self._check_answers()
        if "effect" in names:
            self._check_may_check()

    # === ACTIONS === #

    def action_confirm(self):
        """Accept the report as a nonconformity; its cause is analysed next."""
        for record in self:
            record._check_state("reported")
            record._check_answers()
            record._transition({"state": "analysis"})
            record._recall()

    def action_reject(self, reason=None, reason_id=False):
        """Close a report that is no nonconformity.

        :param str reason: why; without it a dialog asks
        :param int reason_id: its entry in the list of reasons (``qms.rejection.reason``)
        """
        if not reason:
            return self.env["qms.nonconformity.reject"]._ask(self)
        for record in self:
            record._check_state("reported", "analysis")
            record._check_answers()
            if record.reporter_id == self.env.user and not self.env.user._is_quality_staff():
                raise AccessError(self.env._("You reported it, so another person has to reject it."))
            record._transition({"state": "rejected", "reject_reason": reason, "reject_reason_id": reason_id})
            record._acted()
        return True

    def action_start(self):
        """Start the work: cause and plan are there."""
        for record in self:
            record._check_state("analysis")
            record._check_answers()
            record._check_ready_to_start()
            record._transition({"state": "work"})
            record._actions_of_round().filtered(lambda action: action.state == "draft")._start()
            record._recall()

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
        by_mail = self._is_by_mail()
        return {
            **super()._born_vals(),
            # The address of a mail proves nobody's identity.
            "reporter_id": not by_mail and self.env.uid,
            "by_mail": by_mail,
            "round_count": 1,
        }

    def _duty_summary(self):
        summaries = {
            "reported": self.env._("Confirm or reject the report"),
            "analysis": self.env._("Find the cause and plan actions"),
            "work": self.env._("See that the actions are done"),
        }
        return summaries.get(self.state, super()._duty_summary())

    def _day_verb(self, user):
        if self.state == "reported" and user == self.responsible_user_id:
            return "answer"
        return "check" if self.state == "verification" else super()._day_verb(user)

    @api.model
    def _day_buttons(self, verb):
        confirm = [("action_confirm", self.env._("Confirm"))] if verb == "answer" else []
        return confirm + super()._day_buttons(verb)

    def _recall(self):
        """Replace the responsible person's duty of the last stage by that of the new one."""
        self._acted()
        self._call_responsible()

    def _check_answers(self):
        """Only who answers for it moves it on: the responsible person, or the quality staff."""
        self.ensure_one()
        if not self.may_answer:
            raise AccessError(self.env._("Only the responsible person or the quality staff can do this."))

    def _term_setters(self):
        # The norm of the severity set the term, not who reported it.
        return self.env["res.users"]

    def _check_ready_to_start(self):
        """Hook: raise a UserError saying what is missing before the work can start."""
        self.ensure_one()
        if not self.cause:
            raise UserError(self.env._("Write down the cause first: actions without a cause treat the symptom."))
        if not self._actions_of_round():
            raise UserError(self.env._("Plan at least one action first."))

    def _norm_deadline(self):
        """Return until when it has to be settled when it starts today, by its severity."""
        self.ensure_one()
        return self.company_id._qms_severity_deadline(self.severity)

    def _call_triage(self):
        """Call the coordinators to name who answers, where nobody does."""
        self.filtered(lambda record: not record.responsible_user_id)._ask_who_answers()

    def _ask_who_answers(self):
        waiting = self.filtered(lambda record: record._duty_is_open())
        for company, records in waiting.grouped("company_id").items():
            users = self._users_of("qms_core.group_coordinator", company)
            for (deadline, secret), group in records.grouped(
                lambda record: (record.date_deadline, record.kind == "corruption")
            ).items():
                called = users | self._users_of("qms_core.group_commissioner", company) if secret else users
                group._call_to_act(called, deadline, lambda cases: cases._nobody_summary(), verb="decide")

    @api.model
    def _raise_from(self, origin, vals):
        """Raise a nonconformity from a record of any addon.

        :param origin: the record that shows it
        :param dict vals: values of the nonconformity; ``name`` at least
        :return: the nonconformity
        """
        return self.create({**self._origin_vals(origin), "company_id": origin.company_id.id, **vals})
