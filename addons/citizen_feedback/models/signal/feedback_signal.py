import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

# Working days in which the head of the unit answers.
ANSWER_DAYS = 3
BATCH = 100
# What the visitor said, and of what: it is answered, never rewritten.
TOLD = frozenset({"company_id", "service_id", "department_id", "feedback_rating_ids", "score", "comment", "date"})


class FeedbackSignal(models.Model):
    """A low mark that waits for a person's answer.

    It is no nonconformity by itself: the head of the unit confirms it as one, or closes it with a reason.
    """

    _name = "feedback.signal"
    _description = "Signal"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "service_id"]
    _state_initial = "new"
    _frozen_states = ("confirmed", "dismissed")
    _by_method = frozenset({"dismiss_reason", "decided_by_id", "date_decided"})
    _duty_closed_states = ("confirmed", "dismissed")
    _number_prefix = "SG"
    _reason_methods = ("action_dismiss",)

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    service_id = fields.Many2one(
        "qms.service", required=True, readonly=True, index=True, check_company=True, ondelete="restrict"
    )
    department_id = fields.Many2one("hr.department", "Unit", readonly=True, index=True, check_company=True)
    feedback_rating_ids = fields.One2many("feedback.rating", "signal_id", "Marks", readonly=True)
    score = fields.Integer("Mark", readonly=True, aggregator="avg")
    stars = fields.Char(compute="_compute_stars")
    comment = fields.Text("What the Visitor wrote", readonly=True)
    date = fields.Datetime("Rated on", readonly=True)
    state = fields.Selection(
        [("new", "New"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    dismiss_reason = fields.Text("Reason for Dismissal", readonly=True, copy=False)
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
            signal.stars = "★" * signal.score + "☆" * (5 - signal.score)

    @api.depends("number", "score", "service_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for signal in self:
            signal.display_name = self.env._(
                "%(number)s Mark %(score)s for %(service)s",
                number=signal.number,
                score=signal.score,
                service=signal.service_id.name,
            )

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
        if TOLD & set(vals):
            raise AccessError(
                self.env._("What a visitor said, and of which service, is never changed. Answer the signal instead.")
            )

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

    def action_view_nonconformities(self):
        """Open what was raised from the signal."""
        self.ensure_one()
        return self._open_nonconformities(self.nonconformity_ids)

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Confirm or dismiss the low mark")

    def _day_verb(self, user):
        return "answer" if user == self.responsible_user_id else super()._day_verb(user)

    @api.model
    def _day_buttons(self, verb):
        if verb != "answer":
            return super()._day_buttons(verb)
        return [("action_confirm", self.env._("Confirm")), ("action_dismiss", self.env._("Dismiss"))]

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
            "name": self.env._(
                "Mark %(score)s for the service “%(service)s”", score=self.score, service=self.service_id.name
            ),
            "description": self.comment,
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
    def _raise_from_ratings(self, ratings):
        """Raise a signal from each rating; one that fails stays waiting and doesn't stop the others.

        :param ratings: ``feedback.rating``
        :return: the new signals
        """
        signals = self.browse()
        deadlines = {company: self._answer_deadline(company) for company in ratings.company_id}
        for rating in ratings:
            try:
                with self.env.cr.savepoint():
                    signals |= self._raise_from_rating(rating, deadlines[rating.company_id])
            except Exception:  # whatever is wrong with one rating, the others' heads must be told
                _logger.exception("No signal could be raised from rating %s.", rating.id)
        return signals

    @api.model
    def _raise_from_rating(self, rating, deadline):
        head = rating.department_id._head() if rating.department_id else self.env["hr.employee"]
        # The head reads what to do in his own language, whatever the cron speaks.
        lang = head.user_id.lang or rating.company_id.partner_id.lang
        signal = (
            self.with_company(rating.company_id)
            .with_context(lang=lang)
            .create(
                {
                    "company_id": rating.company_id.id,
                    "service_id": rating.service_id.id,
                    "department_id": rating.department_id.id,
                    "responsible_id": head.id,
                    "date_deadline": deadline,
                    "score": rating.score,
                    "comment": rating.comment,
                    "date": rating.date,
                }
            )
        )
        rating._transition({"signal_id": signal.id, "awaits_signal": False})
        return signal

    @api.model
    def _answer_deadline(self, company):
        """Return the last of the working days in which a signal of today is answered."""
        return company._qms_working_day_after(company._qms_today(), ANSWER_DAYS)

    # === CRONS === #

    @api.model
    def _cron_signals(self):
        """Raise a signal from every low rating that awaits one; in batches, each kept once it is done."""
        # sudo: the cron works for all authorities.
        ratings = self.env["feedback.rating"].sudo()
        last = 0
        while batch := ratings.search([("awaits_signal", "=", True), ("id", ">", last)], order="id", limit=BATCH):
            last = batch[-1].id
            self.sudo()._raise_from_ratings(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
