from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class AnticorruptionMeasure(models.Model):
    """What a plan asks somebody to do until a day.

    Its text belongs to the plan and freezes with it; its state goes on: done by the responsible person,
    accepted or returned by another.
    """

    _name = "anticorruption.measure"
    _description = "Anti-Corruption Measure"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.deadline.mixin"]
    _by_method = frozenset(
        {
            "evidence",
            "evidence_attachment_ids",
            "done_by_id",
            "date_done",
            "acceptor_id",
            "date_accepted",
            "return_reason",
            "first_responsible_id",
        }
    )
    _order = "date_deadline, id"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _frozen_states = ("accepted", "cancelled")
    _duty_closed_states = ("done", "accepted", "cancelled")
    _number_prefix = "AC"
    _number_groups = ("anticorruption.group_officer",)
    _reason_methods = ("action_done", "action_return")

    name = fields.Text("Measure", required=True)
    plan_id = fields.Many2one("anticorruption.plan", required=True, index=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(
        [
            ("organisation", "Organisation"),
            ("regulation", "Acts and procedures"),
            ("staff", "Staff and conflicts of interest"),
            ("training", "Training and information"),
            ("services", "Services and openness"),
            ("control", "Control and monitoring"),
        ],
        "Direction",
        required=True,
        default="organisation",
    )
    department_ids = fields.Many2many("hr.department", string="Co-executors", check_company=True)
    indicator = fields.Char("Indicator of Fulfilment", help="By what one will see that it is fulfilled.")
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("open", "Under way"),
            ("done", "Done, to be accepted"),
            ("accepted", "Accepted"),
            ("cancelled", "Carried over"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    evidence = fields.Text(readonly=True)
    evidence_attachment_ids = fields.Many2many(readonly=True)
    first_responsible_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Whom the approved plan names, where the measure was handed over since.",
    )
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    acceptor_id = fields.Many2one("res.users", "Accepted by", readonly=True, copy=False)
    date_accepted = fields.Date("Accepted on", readonly=True, copy=False)
    return_reason = fields.Text("What was missing", readonly=True, copy=False)
    may_report = fields.Boolean(compute="_compute_may")
    may_accept = fields.Boolean(compute="_compute_may")

    # serves the board and the counts by stage of one authority
    _company_state = models.Index("(company_id, state)")

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for measure in self:
            first_line = (measure.name or "").partition("\n")[0]
            measure.display_name = f"{measure.number} {first_line}" if measure.number else first_line

    @api.depends("responsible_id", "plan_id")
    @api.depends_context("uid")
    def _compute_may(self):
        user = self.env.user
        officer = user.has_group("anticorruption.group_officer")
        for measure in self:
            measure.may_report = measure.is_mine
            # The officer's own measures are accepted by who approved the plan.
            measure.may_accept = not measure.may_report and (officer or measure.plan_id.approver_id == user)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        measures = super().create(vals_list)
        measures._check_plan_open()
        return measures

    def write(self, vals):
        result = super().write(vals)
        if "plan_id" in vals:
            self._check_plan_open()
        return result

    # === ACCESS === #

    def _frozen(self):
        # sudo: as in super. The text of a measure is frozen from the approval of its plan on.
        return super()._frozen() | self.sudo().filtered(lambda measure: measure.plan_id._frozen())

    def _frozen_message(self):
        waiting = self.sudo().plan_id._in_review()  # sudo: as in _frozen
        if waiting:
            return waiting._frozen_message()
        return self.env._("The measures of a plan in force can't be changed or deleted. Amend the plan instead.")

    def _check_plan_open(self):
        frozen = self.sudo().plan_id._frozen()  # sudo: as in _frozen
        if frozen:
            raise UserError(frozen[:1]._frozen_message())

    # === ACTIONS === #

    def action_done(self, reason=None, attachments=None):
        """Report the measures as done: by who is responsible, or stands in for him.

        :param str reason: by what one sees it; without it a dialog asks
        :param attachments: files that show it (``ir.attachment``)
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_done", self.env._("By what does one see that it is done?"), with_files=True
            )
        for measure in self:
            measure._check_state("open")
            if not measure.may_report:
                raise AccessError(self.env._("Only the responsible person reports the measure as done."))
            measure._transition(
                {
                    "state": "done",
                    "evidence": reason,
                    "evidence_attachment_ids": [Command.set(attachments.ids if attachments else [])],
                    "done_by_id": self.env.uid,
                    "date_done": measure.company_id._qms_today(),
                }
            )
            measure._acted()
            measure._call_acceptors()
        return True

    def action_accept(self):
        """Accept the measures as fulfilled: by another person than did them."""
        for measure in self:
            measure._check_state("done")
            measure._check_may_accept()
            measure._transition(
                {
                    "state": "accepted",
                    "acceptor_id": self.env.uid,
                    "date_accepted": measure.company_id._qms_today(),
                    "return_reason": False,
                }
            )
            measure._acted()

    def action_return(self, reason=None):
        """Give the measures back to their responsible people.

        :param str reason: what is missing; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What is still missing?"))
        for measure in self:
            measure._check_state("done")
            measure._check_may_accept()
            measure._transition({"state": "open", "return_reason": reason})
            measure._acted()
            measure._call_responsible()
        return True

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Carry out the anti-corruption measure")

    @api.model
    def _day_buttons(self, verb):
        report = [("action_done", self.env._("Report as done"))] if verb == "do" else []
        return report + super()._day_buttons(verb)

    def _duty_is_open(self):
        # A measure calls its person when its plan is in force, not before.
        return super()._duty_is_open() and self.state != "draft"

    @api.model
    def _duty_open_domain(self):
        return super()._duty_open_domain() & Domain("state", "!=", "draft")

    def _check_may_accept(self):
        self.ensure_one()
        if self.env.user in self.responsible_user_id | self.done_by_id:
            raise AccessError(self.env._("You did it yourself, so another person has to accept it."))
        if not self.may_accept:
            raise AccessError(
                self.env._("Measures are accepted by the anti-corruption officer or by who approved the plan.")
            )

    def _may_set_term(self):
        # The plan was approved with its deadlines, so who may approve plans moves them.
        return any(self.env.user.has_group(group) for group in self.plan_id._decider_groups)

    def _postponement_deciders(self):
        deciders = self.plan_id.approver_id.filtered("active") or self.plan_id._approvers()
        return deciders - self.responsible_user_id

    def _move_deadline(self, day):
        # The plan stays as it was approved: what it seals is the deadline as it was first set.
        self._transition({"date_deadline": day})

    def _hand_over(self, successor, reason):
        # The plan stays as it was approved: what it seals is who was named in it first.
        for measure in self.sudo():  # sudo: as in super
            first = measure.first_responsible_id or measure.responsible_id
            measure._transition({"responsible_id": successor.id, "first_responsible_id": first.id})
            measure.message_post(body=reason)

    def _call_acceptors(self):
        for measure in self:
            users = self._users_of("anticorruption.group_officer", measure.company_id)
            users = (users - measure.responsible_user_id) or measure.plan_id.approver_id
            measure._call_to_act(users, measure.company_id._qms_today(), lambda measure: measure._accept_summary())

    @api.model
    def _accept_summary(self):
        return self.env._("Accept the measure or return it")

    def _lacks(self):
        """Return a sentence for each thing the measure lacks before its plan can be put in force."""
        self.ensure_one()
        lacks = []
        if not self.responsible_id:
            lacks.append(self.env._("%s has no responsible person.", self.display_name))
        if not self.date_deadline:
            lacks.append(self.env._("%s has no deadline.", self.display_name))
        elif not self.plan_id.date_from <= self.date_deadline <= self.plan_id.date_to:
            lacks.append(self.env._("The deadline of %s lies outside the time of the plan.", self.display_name))
        return lacks

    def _start(self):
        self._transition({"state": "open"})
        self._call_responsible()

    def _carry_over(self, plan):
        """End measures whose plan is replaced; the new plan has its own copies.

        :param plan: the plan that takes over (``anticorruption.plan``)
        """
        for measure in self:
            measure._transition({"state": "cancelled"})
            measure._acted()
            # sudo: the approver of the plan needs no right to write in its measures.
            measure.sudo().message_post(body=self.env._("Carried over to “%s”.", plan.name))

    def _seal_content(self):
        """Return what the plan seals; people and units by id: a marriage or a new name changes no plan."""
        self.ensure_one()
        return {
            "number": self.number,
            "name": self.name,
            "kind": self.kind,
            "responsible": (self.first_responsible_id or self.responsible_id).id,
            "departments": sorted(self.department_ids.ids),
            "deadline": self._deadline_first_set(),
            "indicator": self.indicator or "",
        }
