import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What the executor does not change himself.
STEERING = {"responsible_id", "deputy_ids", "date_deadline", "nonconformity_id", "risk_id", "department_id"}
# Who carries an action out reads what it is for, so only who answers for that attaches one.
ATTACHING = {"nonconformity_id", "risk_id"}


class QmsAction(models.Model):
    """What is done so that a nonconformity is put right, does not return, or does not happen at all."""

    _name = "qms.action"
    _description = "Action"
    _inherit = [
        "qms.improvement.mixin",
        "qms.worker.mixin",
        "qms.frozen.mixin",
        "qms.origin.mixin",
        "qms.number.mixin",
        "qms.deadline.mixin",
    ]
    _order = "date_deadline, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _frozen_states = ("closed", "cancelled")
    _by_method = frozenset(
        {"date_started", "done_by_id", "date_done", "checker_id", "cancel_reason", "former_user_ids"}
    )
    _duty_closed_states = ("done", "closed", "cancelled")
    _work_states = ("open", "done")
    _number_prefix = "CA"
    _reason_methods = ("action_cancel", "action_return")

    name = fields.Char("What to do", required=True, tracking=True)
    description = fields.Text()
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("open", "Under way"),
            ("done", "Done, to be checked"),
            ("closed", "Checked"),
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
    kind = fields.Selection(
        [
            ("correction", "Correction"),
            ("corrective", "Corrective action"),
            ("preventive", "Preventive action"),
            ("improvement", "Improvement"),
        ],
        required=True,
        default="corrective",
    )
    nonconformity_id = fields.Many2one("qms.nonconformity", index=True, check_company=True, ondelete="restrict")
    process_id = fields.Many2one(
        "qms.process",
        compute="_compute_from_nonconformity",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_from_nonconformity",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
    )
    # Users, not employees: only the staff office may link records to staff records.
    deputy_ids = fields.Many2many(
        "res.users",
        "qms_action_deputy_rel",
        "action_id",
        "user_id",
        "Deputies",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who works on it as well, and may report it as done.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary()
    resources = fields.Text(help="What is needed for it: people, equipment, premises, decisions.")
    resources_available = fields.Boolean(help="The resources are there.")
    expected_effect = fields.Text()
    date_started = fields.Date("Started on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    checker_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)
    may_report = fields.Boolean(compute="_compute_may_report")

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")
    # serves the reverse side of the origin, shown on the record that raised it
    _raised_by = models.Index("(origin_model, origin_id) WHERE origin_model IS NOT NULL")
    _cost_range = models.Constraint("CHECK (cost >= 0)", "The cost can't be negative. Correct it.")

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for action in self:
            action.display_name = f"{action.number} {action.name}" if action.number else action.name

    @api.depends("nonconformity_id")
    def _compute_from_nonconformity(self):
        for action in self:
            nonconformity = action.nonconformity_id
            action.process_id = nonconformity.process_id or action.process_id
            action.department_id = nonconformity.department_id or action.department_id

    @api.depends("responsible_id", "deputy_ids")
    @api.depends_context("uid")
    def _compute_may_report(self):
        for action in self:
            action.may_report = action.is_mine or self.env.user in action.deputy_ids

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_cost(vals)
        actions = super().create(vals_list)
        actions._check_deputies()
        actions._check_attached()
        return actions

    def write(self, vals):
        self._check_cost(vals)
        if STEERING & set(vals) and not self.env.su:
            for action in self:
                action._check_steers()
        result = super().write(vals)
        if "deputy_ids" in vals:
            self._check_deputies()
        if ATTACHING & set(vals):
            self._check_attached()
        return result

    @api.model
    def _check_cost(self, vals):
        """Raise a UserError if the cost is no amount of money; Odoo's own error names neither field nor remedy."""
        cost = vals.get("cost") or 0
        try:
            amount = float(cost)
        except (TypeError, ValueError):
            amount = math.nan
        if not math.isfinite(amount):
            raise UserError(
                self.env._("“%s” is no amount of money. Enter the cost as a number, for instance 1500.50.", cost)
            )

    # === ACTIONS === #

    def action_start(self):
        """Start planned actions that belong to no nonconformity; the others start with theirs."""
        for action in self:
            action._check_state("draft")
            if action.nonconformity_id.state in ("reported", "analysis"):
                raise UserError(
                    self.env._("The action starts with its nonconformity, once the cause is known and the plan made.")
                )
            action._check_may_start()
        self._start()

    def action_done(self):
        """Report the work as done: by who is responsible, stands in for him, or is a deputy; with evidence."""
        for action in self:
            action._check_state("open")
            if not action.may_report:
                raise AccessError(self.env._("Only the responsible person or a deputy reports the action as done."))
            if not action.evidence:
                raise UserError(self.env._("Write down by what one sees that the action was done."))
            action._transition(
                {"state": "done", "done_by_id": self.env.uid, "date_done": action.company_id._qms_today()}
            )
            action._acted()

    def action_check(self):
        """Confirm that the work was done: by another person."""
        for action in self:
            action._check_state("done")
            action._check_may_check()
            action._transition({"state": "closed", "checker_id": self.env.uid})

    def action_return(self, reason=None):
        """Give the work back to the responsible person.

        :param str reason: what is missing; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What is still missing?"))
        for action in self:
            action._check_state("done")
            action._check_may_check()
            action._check_may_return()
            action._transition({"state": "open"})
            action.message_post(body=reason)
            action._call_responsible()
            action.nonconformity_id._resume()
        return True

    def action_cancel(self, reason=None):
        """Cancel an action that is not needed any more.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is it cancelled?"))
        for action in self:
            action._check_state("draft", "open")
            if not self.env.user._is_quality_staff():
                raise AccessError(self.env._("Actions are cancelled by the quality staff."))
            action._transition({"state": "cancelled", "cancel_reason": reason})
            action._acted()
        return True

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Carry out the action")

    def _duty_is_open(self):
        # A planned action calls nobody yet: its plan may still change.
        return super()._duty_is_open() and self.state != "draft"

    @api.model
    def _duty_open_domain(self):
        return super()._duty_open_domain() & Domain("state", "!=", "draft")

    def _start(self):
        for action in self:
            if not action.responsible_id or not action.date_deadline:
                raise UserError(
                    self.env._("%s needs a responsible person and a deadline before it starts.", action.display_name)
                )
        by_company = self.grouped("company_id")
        for company, actions in by_company.items():
            actions._transition({"state": "open", "date_started": company._qms_today()})
        self._call_responsible()

    def _check_may_start(self):
        """Who plans the action starts it; anybody else would give other people work."""
        self.ensure_one()
        if not self.env.su:
            self._check_steers()

    def _check_steers(self):
        """Who carries an action out doesn't decide who does and until when."""
        self.ensure_one()
        # An action for nothing else is the unit's own: its head plans it.
        answers = self._answers_for() or [self.env.user._is_quality_staff() or self.department_id.qms_headed_by_me]
        if not all(answers):
            raise AccessError(
                self.env._(
                    "Who does it and until when is decided by the quality staff, by who answers for the "
                    "nonconformity or the risk or, where there is none, by the head of the unit. Ask them."
                )
            )

    def _answers_for(self):
        """Hook: tell of each record that the action is for whether the user answers for it."""
        return [self.nonconformity_id.may_answer] if self.nonconformity_id else []

    def _check_attached(self):
        if not self.env.su:
            for action in self.filtered(lambda action: action._answers_for()):
                action._check_steers()

    def _term_setters(self):
        return super()._term_setters() | self.nonconformity_id.responsible_user_id

    @api.model
    def _confidential_domain(self):
        of_secret = self.env["qms.nonconformity"]._confidential_domain()
        return super()._confidential_domain() | Domain("nonconformity_id", "any", of_secret)

    def _is_confidential(self):
        # sudo: the nonconformity itself may be hidden from who carries the action out.
        nonconformity = self.sudo().nonconformity_id
        return super()._is_confidential() or bool(nonconformity and nonconformity._is_confidential())

    def _addressed(self, staff):
        # As with confidential nonconformities: if not the person, then the coordinators.
        called = super()._addressed(staff)
        return called or [(login, "chief") for login in staff.last_resort(self.company_id.id)]

    def _check_deputies(self):
        for action in self:
            # sudo: staff records, whoever plans the action.
            people = action.sudo().with_context(active_test=False).deputy_ids.employee_ids
            people.filtered(lambda person, company=action.company_id: person.company_id == company)._check_assignable()

    def _check_may_check(self):
        self.ensure_one()
        user = self.env.user
        if not self.env.user._is_quality_staff() and not user.has_group("qms_core.group_auditor"):
            raise AccessError(self.env._("Actions are checked by the quality staff or an auditor."))
        if user in self._took_part():
            raise AccessError(self.env._("You did the work, so another person has to check it."))

    def _check_may_return(self):
        """What is closed has its verdict: work that would go on after it belongs to a new case."""
        # sudo: who checks the action need not read what it is for.
        nonconformity = self.sudo().nonconformity_id
        if nonconformity.state in nonconformity._frozen_states:
            raise UserError(
                self.env._(
                    "%(action)s can't be returned: its nonconformity %(number)s is closed already. If the work was "
                    "not done, report a new nonconformity.",
                    action=self.display_name,
                    number=nonconformity.number or "",
                )
            )

    def _workers_now(self):
        return super()._workers_now() | self.deputy_ids

    def _took_part(self):
        """Return who has ever answered for the work or done any of it (``res.users``)."""
        people = self.done_by_id | self.former_user_ids
        for action in self:
            people |= action._workers_now()
        return people

    def _check_finished(self):
        """Raise a UserError that names those of the actions that are not done yet."""
        unfinished = self.filtered(lambda action: action.state in ("draft", "open"))
        if unfinished:
            raise UserError(self.env._("These actions are not done yet: %s.", ", ".join(unfinished.mapped("number"))))
