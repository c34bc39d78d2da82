from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import legal_term


class FeedbackAppeal(models.Model):
    """The terms of the law: registration, forwarding, answer, extension."""

    _inherit = "feedback.appeal"

    # === COMPUTES === #

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
        top = self.kind_id.extension_by == "top"
        group = "qms_core.group_top_management" if top else "citizen_feedback.group_feedback_manager"
        if not user.has_group(group):
            raise AccessError(
                self.env._("The term of this kind of appeal is extended by the top management.")
                if top
                else self.env._("The term of this kind of appeal is extended by a feedback manager.")
            )
        if user == self.responsible_user_id:
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
        if self._extended_deadline() <= self.date_deadline:
            raise UserError(
                self.env._("%s has the longest term that the law allows already. Answer it in time.", self.display_name)
            )

    def _received_vals(self):
        """Return what follows from the receipt: whether it is an appeal, and until when it is registered."""
        self.ensure_one()
        due = self._last_day(self._day_received(), self.kind_id._term("registration"))
        return {
            "is_identified": self._identified(),
            "author_key": self._author_key(),
            # Named explicitly: no default of a context opens somebody else's appeal.
            "receipt_hash": False,
            "registration_due": due,
            "is_solved": "unknown",
            "answer_score": 0,
            "awaits_alike": True,
        }

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
