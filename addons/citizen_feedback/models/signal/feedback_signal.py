from odoo import api, fields, models
from odoo.exceptions import AccessError

# Working days in which the head of the unit answers.
ANSWER_DAYS = 3
# What the visitor said, and of what: it is answered, never rewritten.
TOLD = frozenset(
    {
        "company_id",
        "service_id",
        "department_id",
        "feedback_rating_ids",
        "score",
        "comment",
        "date",
        "rule_id",
        "kind",
        "figures",
        "strength",
        "basis_rating_ids",
    }
)


class FeedbackSignal(models.Model):
    """What a rule has found in citizens' feedback, and what waits for a person's answer.

    It is no nonconformity by itself: the head of the unit confirms it as one, dismisses it with a reason, or says that
    it was a false alarm, from which the rule learns.
    """

    _name = "feedback.signal"
    _description = "Signal"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "feedback.duty.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "service_id"]
    _state_initial = "new"
    _frozen_states = ("confirmed", "dismissed", "false_alarm")
    _by_method = frozenset({"dismiss_reason", "decided_by_id", "date_decided"})
    _duty_closed_states = ("confirmed", "dismissed", "false_alarm")
    _number_prefix = "SG"
    _reason_methods = ("action_dismiss", "action_false_alarm")

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    service_id = fields.Many2one(
        "qms.service",
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Empty where it is about several services of the unit.",
    )
    department_id = fields.Many2one("hr.department", "Unit", readonly=True, index=True, check_company=True)
    feedback_rating_ids = fields.One2many("feedback.rating", "signal_id", "Marks", readonly=True)
    score = fields.Integer("Mark", readonly=True, aggregator="avg")
    stars = fields.Char(compute="_compute_stars")
    comment = fields.Text("What the Visitor wrote", compute="_compute_comment", store=True)
    date = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("new", "New"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed"), ("false_alarm", "False alarm")],
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    dismiss_reason = fields.Text("Reason", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    date_decided = fields.Date("Answered on", readonly=True, copy=False)
    nonconformity_ids = fields.One2many(
        "qms.nonconformity",
        "origin_id",
        "Nonconformities",
        readonly=True,
        domain=lambda self: [("origin_model", "=", self._name)],
    )
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    may_decide = fields.Boolean(compute="_compute_may_decide")

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("score")
    def _compute_stars(self):
        for signal in self:
            signal.stars = "★" * signal.score + "☆" * (5 - signal.score) if signal.score else False

    @api.depends("number", "score", "kind", "service_id", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for signal in self:
            signal.display_name = f"{signal.number or ''} {signal._what_and_where()}".strip()

    def _what_and_where(self):
        """Return in a few words what was found, and of which service or unit."""
        if self.score and self.kind == "low" and self.service_id:
            return self.env._(
                "Mark %(score)s for the service “%(service)s”", score=self.score, service=self.service_id.name
            )
        # sudo: names of units are no secret for who reads what was found there.
        place = self.service_id.name or self.department_id.sudo().name
        what = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return f"{what}: {place}" if place else what

    @api.depends("nonconformity_ids")
    def _compute_nonconformity_count(self):
        for signal in self:
            signal.nonconformity_count = len(signal.nonconformity_ids)

    @api.depends("state", "responsible_id", "department_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for signal in self:
            signal.may_decide = signal.state == "new" and signal._is_mine_to_answer()

    # === ACCESS === #

    def _check_not_frozen(self, vals):
        super()._check_not_frozen(vals)
        if self._told_fields() & set(vals):
            raise AccessError(
                self.env._("What a visitor said, and of which service, is never changed. Answer the signal instead.")
            )

    @api.model
    def _told_fields(self):
        """Hook: return the fields that hold what was found, which nobody changes."""
        return TOLD

    def _is_mine_to_answer(self):
        """Tell whether the user may answer: for the responsible head, the unit or one above it, or all feedback."""
        self.ensure_one()
        user = self.env.user
        unit = self.department_id.sudo()  # sudo: heads and officers of a unit are staff data
        return (
            self.is_mine
            or unit.qms_below_me
            or user in unit.qms_officer_ids.user_id
            or user.has_group("citizen_feedback.group_feedback_manager")
        )

    def _check_may_decide(self):
        if not self._is_mine_to_answer():
            raise AccessError(
                self.env._(
                    "%s is answered by the responsible head, who stands in for him or leads a unit above, a quality "
                    "officer of the unit, or a feedback manager.",
                    self.display_name,
                )
            )

    # === ACTIONS === #

    def action_confirm(self):
        """Accept the signal as a nonconformity of the service.

        :return: the action that opens the nonconformity
        """
        nonconformities = self.env["qms.nonconformity"]
        for signal in self:
            signal._check_state("new")
            signal._check_may_decide()
            nonconformity = nonconformities._raise_from(signal, signal._nonconformity_vals())
            signal._decide("confirmed")
            if signal.is_mine:
                # The head has just said that it is one; he need not say it twice.
                nonconformity.action_confirm()
            nonconformities |= nonconformity
        return self._open_nonconformities(nonconformities)

    def action_dismiss(self, reason=None):
        """Close signals that show no nonconformity.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_dismiss", self.env._("Why is it no nonconformity?"))
        for signal in self:
            signal._check_state("new")
            signal._check_may_decide()
            signal._decide("dismissed", reason)
        return True

    def action_false_alarm(self, reason=None):
        """Close signals that should not have been raised; their rule learns from it.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_false_alarm", self.env._("Why should it not have been raised?")
            )
        for signal in self:
            signal._check_state("new")
            signal._check_may_decide()
            signal._decide("false_alarm", reason)
        # sudo: whether a rule asks for its tuning is decided by its figures, not by who gave the last answer.
        self.sudo().rule_id._weigh()
        return True

    def action_view_nonconformities(self):
        """Open what was raised from the signal."""
        self.ensure_one()
        return self._open_nonconformities(self.nonconformity_ids)

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        if self.kind == "low":
            return self.env._("Confirm or dismiss the low mark")
        return self.env._("Confirm or dismiss the signal")

    def _day_verb(self, user):
        return "answer" if user == self.responsible_user_id else super()._day_verb(user)

    @api.model
    def _day_buttons(self, verb):
        if verb != "answer":
            return super()._day_buttons(verb)
        labels = {
            "action_confirm": self.env._("Confirm"),
            "action_dismiss": self.env._("Dismiss"),
            "action_false_alarm": self.env._("False alarm"),
        }
        return list(labels.items())

    def _decide(self, state, reason=False):
        self._transition(
            {
                "state": state,
                "dismiss_reason": reason,
                "decided_by_id": self.env.uid,
                "date_decided": self.company_id._qms_today(),
            }
        )
        self._acted()

    def _nonconformity_vals(self):
        self.ensure_one()
        return {
            "name": self._what_and_where(),
            "description": "\n\n".join(filter(None, [self.comment, self.basis])) or False,
            "kind": "service",
            "severity": "major" if self.score == 1 else "minor",
            "service_id": self.service_id.id,
            "process_id": self.service_id.process_id.id,
            "department_id": self.department_id.id,
        }

    def _open_nonconformities(self, nonconformities):
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action")
        if len(nonconformities) == 1:
            return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": nonconformities.id}
        return {**action, "domain": [("id", "in", nonconformities.ids)], "context": {}}

    @api.model
    def _answer_deadline(self, company, days=ANSWER_DAYS):
        """Return the last of the working days in which a signal of today is answered."""
        return company._qms_working_day_after(company._qms_today(), days)

    def _leave_out(self, reason):
        """Dismiss waiting signals all of whose marks were excluded; the others stay with those that count.

        :param str reason: why the marks don't count
        """
        for signal in self:
            counting = signal.feedback_rating_ids.filtered(lambda rating: rating.state != "excluded")
            if signal.state == "new" and not counting:
                signal._decide("dismissed", self.env._("The rating was excluded: %s", reason))
