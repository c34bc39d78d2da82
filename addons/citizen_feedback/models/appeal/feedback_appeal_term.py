from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...lib import legal_term


class FeedbackAppeal(models.Model):
    """The terms of the law: registration, forwarding, answer, extension."""

    _inherit = "feedback.appeal"

    refusal_due = fields.Date("Tell the Author by", compute="_compute_refusal_due", help="By the ground of refusal.")

    # === CONSTRAINTS === #

    @api.constrains("kind_id", "profile_id")
    def _check_kind_of_law(self):
        # sudo: kinds of other authorities' laws can't be read, and are no kinds of this one.
        for appeal in self.sudo():
            if appeal.kind_id.profile_id != appeal.profile_id:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s” is no kind of appeal by “%(profile)s”. Choose one of its kinds.",
                        kind=appeal.kind_id.name,
                        profile=appeal.profile_id.name,
                    )
                )

    @api.constrains("date_received")
    def _check_date_received(self):
        for appeal in self:
            if appeal._day_received() > appeal.company_id._qms_today():
                raise ValidationError(
                    self.env._("An appeal can't be received in the future. Enter the day on which it came.")
                )

    # === COMPUTES === #

    @api.depends("date_registered", "refusal_ground_id")
    def _compute_refusal_due(self):
        for appeal in self:
            notice = legal_term.Term(appeal.refusal_ground_id.sudo().notice_days)  # sudo: as in _legal_deadline
            registered = appeal.date_registered
            appeal.refusal_due = appeal._last_day(registered, notice) if registered and notice else False

    @api.depends("date_deadline", "deadline_first")
    def _compute_is_extended(self):
        for appeal in self:
            appeal.is_extended = bool(appeal.deadline_first) and appeal.date_deadline != appeal.deadline_first

    # === ACCESS === #

    def _check_may_postpone(self):
        raise AccessError(
            self.env._(
                "The law sets the deadline of an appeal. It is extended by the button, with a notice to its author."
            )
        )

    def _check_may_extend(self):
        """Raise an AccessError unless the user signs extensions of this kind; never who has to answer."""
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        self._check_impartial()
        top = self.kind_id.extension_by == "top"
        if not (user.has_group("qms_core.group_top_management") if top else self._is_manager()):
            raise AccessError(
                self.env._("The term of this kind of appeal is extended by the top management.")
                if top
                else self.env._("The term of this kind of appeal is extended by a feedback manager.")
            )
        if self.is_mine:
            raise AccessError(self.env._("You answer this appeal yourself, so another person extends its term."))

    # === ACTIONS === #

    def action_extend(self, reason=None):
        """Extend the term by what the law allows, once; the author is told where the law asks it.

        :param str reason: why; without it a dialog asks
        :raises UserError: if the law allows no extension, or it was extended already
        """
        for appeal in self:
            appeal._check_state("registered", "assigned", "approval")
            appeal._check_may_extend()
            appeal._check_extendable()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_extend", self.env._("Why is more time needed? The author reads it.")
            )
        for appeal in self:
            day = appeal._extended_deadline()
            appeal._transition({"date_deadline": day, "extension_reason": reason})
            if appeal.kind_id.extension_notice:
                appeal._tell_author(
                    appeal._in_author_language(
                        lambda record, day=day: record.env._(
                            "The term for the answer was extended to %(day)s. Reason: %(reason)s",
                            day=fields.Date.to_string(day),
                            reason=reason,
                        )
                    )
                )
        return True

    # === BUSINESS METHODS === #

    def _check_extendable(self):
        self.ensure_one()
        if self.is_message or not self.date_deadline:
            raise UserError(self.env._("%s has no term by law, so there is nothing to extend.", self.display_name))
        if not self.kind_id._term("extension"):
            raise UserError(self.env._("The law allows no extension for “%s”. Answer it in time.", self.kind_id.name))
        if self.is_extended:
            raise UserError(
                self.env._("The term of %s was extended once already; the law allows no more.", self.display_name)
            )
        if self.company_id._qms_today() > self.date_deadline:
            raise UserError(
                self.env._(
                    "The term of %(appeal)s ended on %(day)s, so it can't be extended any more. Answer it at once.",
                    appeal=self.display_name,
                    day=fields.Date.to_string(self.date_deadline),
                )
            )
        if self._extended_deadline() <= self.date_deadline:
            raise UserError(
                self.env._("%s has the longest term that the law allows already. Answer it in time.", self.display_name)
            )

    def _received_vals(self):
        """Return what follows from the receipt: whether it is an appeal, and until when it is registered."""
        self.ensure_one()
        return {
            "is_identified": self._identified(),
            "author_key": self._author_key(),
            # Named explicitly: no default of a context opens somebody else's appeal.
            "receipt_hash": False,
            "registration_due": self._registration_due(),
            "is_solved": "unknown",
            "answer_score": 0,
            "awaits_alike": True,
        }

    def _registration_due(self):
        term = self.kind_id.sudo()._term("registration")  # sudo: as in _legal_deadline
        return self._last_day(self._day_received(), term) if term else False

    def _registered_vals(self, day):
        """Return the terms that an appeal gets with its registration on a day."""
        self.ensure_one()
        deadline = self._legal_deadline(day)
        forwarding = self.kind_id._term("forwarding")
        return {
            "date_registered": day,
            "forwarding_due": self._last_day(day, forwarding) if forwarding else False,
            "date_deadline": deadline,
            "deadline_first": deadline,
        }

    def _legal_deadline(self, registered):
        """Return the last day for the answer; False where none is due.

        :param datetime.date registered: the day of registration
        """
        self.ensure_one()
        kind = self.kind_id.sudo()  # sudo: the law's terms, whoever registers
        if not kind.needs_answer:
            return False
        simple = kind._term("simple")
        return self._last_day(
            self._term_start(registered), simple if self.is_simple and simple else kind._term("answer")
        )

    def _extended_deadline(self):
        self.ensure_one()
        kind = self.kind_id.sudo()  # sudo: as in _legal_deadline
        return legal_term.extended(
            self._term_start(self.date_registered),
            self.date_deadline,
            kind._term("extension"),
            kind._term("total"),
            self.company_id._qms_working_day_after,
            self.profile_id.sudo().roll,
        )

    def _term_start(self, registered):
        return registered if self.profile_id.sudo().counted_from == "registration" else self._day_received()

    def _day_received(self):
        return self.company_id._qms_day_of(self.date_received)

    def _last_day(self, start, term):
        roll = self.profile_id.sudo().roll  # sudo: as in _legal_deadline
        return legal_term.last_day(start, term, self.company_id._qms_working_day_after, roll)

    # === CRONS === #

    @api.model
    def _steps(self, company):
        waiting = Domain("company_id", "=", company.id) & Domain("state", "=", "new") & Domain("reminded", "=", False)
        late = waiting & Domain("registration_due", "<", company._qms_today())
        return [*super()._steps(company), (late, "_tell_unregistered")]

    def _tell_unregistered(self, _staff):
        """Tell who decides, once, that appeals should have been registered before."""
        self._call_managers(lambda record: record.env._("It should have been registered already: see to it"))
        # Past `write`: as in _remind
        models.Model.write(self, {"reminded": True})
