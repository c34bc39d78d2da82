from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..intake.feedback_duty_mixin import MANAGERS
from .feedback_appeal import INSIDERS, WAITING
from .feedback_appeal_access import SUBJECT


class FeedbackAppeal(models.Model):
    """The way of an appeal through the office: registered, assigned, transferred, forwarded, refused, closed."""

    _inherit = "feedback.appeal"

    is_office = fields.Boolean(compute="_compute_may")
    is_manager = fields.Boolean(compute="_compute_may")
    may_classify = fields.Boolean(compute="_compute_may")
    may_answer = fields.Boolean(compute="_compute_may")
    may_approve = fields.Boolean(compute="_compute_may")

    # === COMPUTES === #

    @api.depends("state", "responsible_id", "department_id", "answer_author_id", "is_corruption", *SUBJECT)
    @api.depends_context("uid")
    def _compute_may(self):
        for appeal in self:
            appeal.is_office = appeal._is_office()
            appeal.is_manager = appeal._is_manager()
            appeal.may_classify = appeal.is_office and appeal.state in WAITING
            appeal.may_answer = appeal.state == "assigned" and appeal._may_answer()
            appeal.may_approve = appeal.state == "approval" and appeal._may_approve()

    # === ACTIONS === #

    def action_register(self):
        """Take new appeals into the register; from then on the terms of the law run.

        :raises UserError: if the day of registration can't be right
        """
        for appeal in self:
            appeal._check_state("new")
            appeal._check_is_office()
            vals = appeal._registered_vals(appeal._registration_day())
            unit = appeal.department_id or appeal._usual_unit()
            appeal._transition({"state": "registered", "department_id": unit.id, **vals})
        # All at once: an import registers hundreds.
        self._acted()
        self._call_managers(lambda record: record.env._("Assign the appeal"))

    def action_assign(self):
        """Give registered appeals to who answers them; without a person it is the head of the unit.

        :raises UserError: if neither a unit nor a person is named, or the complaint is about them
        """
        for appeal in self:
            appeal._check_state("registered")
            appeal._check_is_manager()
            person = appeal.responsible_id or (appeal.department_id and appeal.department_id._head())
            if not person:
                raise UserError(
                    self.env._(
                        "Nobody is named who answers %s. Choose a unit that has a head, or a person.",
                        appeal.display_name,
                    )
                )
            unit = appeal.department_id or person.sudo().department_id  # sudo: staff data
            appeal._acted()
            appeal._transition({"state": "assigned", "responsible_id": person.id, "department_id": unit.id})
            appeal._call_responsible()

    def action_transfer(self, reason=None):
        """Give appeals back to the feedback manager, who assigns them to another unit or person.

        :param str reason: why; without it a dialog asks
        """
        for appeal in self:
            appeal._check_state("assigned")
            if not (appeal._is_manager() or appeal._may_answer()):
                raise AccessError(
                    self.env._("Only who %s is assigned to, or a feedback manager, transfers it.", appeal.display_name)
                )
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_transfer", self.env._("Why is it not yours, and whose is it?")
            )
        for appeal in self:
            appeal._acted()
            appeal.message_post(body=reason)
            appeal._transition(
                {
                    "state": "registered",
                    "responsible_id": False,
                    "department_id": False,
                    "former_user_ids": [(4, self.env.uid)],
                }
            )
            appeal._call_managers(lambda record: record.env._("Assign the appeal to somebody else"))
        return True

    def action_forward(self, reason=None):
        """Send appeals on to the authority that can decide them; their authors are told.

        :param str reason: why; without it a dialog asks
        :raises UserError: if no authority is named, or the term for it is over
        """
        for appeal in self:
            appeal._check_state("registered", "assigned")
            appeal._check_is_manager()
            appeal._check_forwardable()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_forward", self.env._("Why is it forwarded? The author reads it.")
            )
        for appeal in self:
            appeal._transition({"state": "forwarded", "forward_reason": reason, **appeal._closing_vals()})
            appeal._acted()
            appeal._tell_author(
                appeal._in_author_language(
                    lambda record: record.env._(
                        "Your appeal was forwarded to: %(body)s. Reason: %(reason)s",
                        body=record.forward_body_id.name or record.forward_to,
                        reason=reason,
                    )
                )
            )
        return True

    def action_refuse(self, reason=None):
        """Leave appeals without an answer on their substance, on a ground of the law; their authors are told.

        :param str reason: what in this case fulfils the ground; without it a dialog asks
        """
        for appeal in self:
            appeal._check_state("registered", "assigned")
            appeal._check_is_manager()
            if not appeal.refusal_ground_id:
                raise UserError(
                    self.env._("Choose the ground on which the law lets %s be refused first.", appeal.display_name)
                )
            if appeal.refusal_ground_id.profile_id != appeal.profile_id:
                raise UserError(
                    self.env._("This ground is of another law. Choose one of “%s”.", appeal.profile_id.name)
                )
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_refuse", self.env._("What in this case fulfils the ground? The author reads it.")
            )
        for appeal in self:
            appeal._transition({"state": "refused", "refusal_reason": reason, **appeal._closing_vals()})
            appeal._acted()
            appeal._tell_author(
                appeal._in_author_language(
                    lambda record: record.env._(
                        "Your appeal can't be considered. Ground: %(ground)s. %(reason)s",
                        ground=record.refusal_ground_id.name,
                        reason=reason,
                    )
                )
            )
        return True

    def action_withdraw(self, reason=None):
        """Close appeals that their authors take back.

        :param str reason: how the author said so; without it a dialog asks
        """
        for appeal in self:
            appeal._check_state(*WAITING)
            appeal._check_impartial()
            appeal._check_is_office()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_withdraw", self.env._("When and how did the author take it back?")
            )
        for appeal in self:
            appeal._transition({"state": "withdrawn", "withdrawal_reason": reason, **appeal._closing_vals()})
            appeal._acted()
        return True

    def action_close(self):
        """Close what was answered, or what needs no answer. Whether it is solved, the author says."""
        for appeal in self:
            appeal._check_state(*(["answered"] if appeal.needs_answer else ["registered", "assigned"]))
            appeal._check_impartial()
            appeal._check_is_office()
            appeal._transition({"state": "closed", **appeal._closing_vals()})
            appeal._acted()

    def action_reopen(self, reason=None):
        """Take up again what was answered or closed, by a decision of the office.

        What was never answered keeps its deadline: to forward, refuse or withdraw it by mistake gives no more time.

        :param str reason: why; without it a dialog asks
        """
        for appeal in self:
            appeal._check_state("answered", "closed", "forwarded", "refused", "withdrawn")
            appeal._check_is_manager()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reopen", self.env._("Why is it taken up again?"))
        for appeal in self:
            appeal._take_up_again(anew=bool(appeal.date_answered))
            appeal.message_post(body=reason)
        return True

    def action_hand_over_corruption(self):
        """Say that it is a matter of corruption; from then on it is for the coordinator and the commissioner.

        The head of the unit, and even the feedback manager, may be the ones it speaks of.

        :return: an action that leaves the form, which the user may not read any more
        """
        for appeal in self:
            appeal._check_state(*WAITING)
            if not (appeal._is_office() or appeal._may_answer()):
                raise AccessError(self.env._("Only the office or who answers the appeal hands it over."))
        for appeal in self:
            appeal._acted()
            state = "registered" if appeal.state in ("assigned", "approval") else appeal.state
            appeal._transition(
                {"state": state, "is_corruption": True, "responsible_id": False, "former_user_ids": [(5,)]}
            )
            appeal._leave_to_insiders()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "It is handed over: the quality coordinator and the chief quality commissioner say who answers "
                    "for it."
                ),
                "next": {
                    **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_appeal_action"),
                    "target": "main",
                },
            },
        }

    # === BUSINESS METHODS === #

    def _closing_vals(self):
        return {"date_closed": self.company_id._qms_today()}

    def _usual_unit(self):
        """Return the unit that usually answers appeals on this topic, unless this one is about it."""
        self.ensure_one()
        unit = self.topic_id.sudo().department_id  # sudo: the operator proposes, whatever units he may read
        return unit.browse() if unit and self.sudo()._concerns_unit(unit) else unit

    def _registration_day(self):
        """Return the day of registration: that of the authority's system of documents, else today."""
        self.ensure_one()
        today = self.company_id._qms_today()
        day = self.document_date or today
        if not self._day_received() <= day <= today:
            raise UserError(
                self.env._(
                    "%(appeal)s was received on %(received)s, so it can't be registered on %(day)s. Correct the "
                    "registration date.",
                    appeal=self.display_name,
                    received=fields.Date.to_string(self._day_received()),
                    day=fields.Date.to_string(day),
                )
            )
        return day

    def _check_forwardable(self):
        self.ensure_one()
        if not (self.forward_body_id or self.forward_to):
            raise UserError(self.env._("Say to which authority %s is forwarded first.", self.display_name))
        if not self.forwarding_due:
            raise UserError(self.env._("By this law “%s” can't be forwarded. Answer it.", self.kind_id.name))
        if self.company_id._qms_today() > self.forwarding_due:
            raise UserError(
                self.env._(
                    "%(appeal)s could be forwarded until %(day)s; since then your authority has to answer it.",
                    appeal=self.display_name,
                    day=fields.Date.to_string(self.forwarding_due),
                )
            )

    def _take_up_again(self, anew=True):
        """Begin anew with what was closed; the former answer stays in the dialogue.

        :param bool anew: whether the term runs from today
        """
        self.ensure_one()
        self._transition(
            {
                "state": "assigned" if self.responsible_id else "registered",
                **self._terms_taken_up(anew),
                "answer": False,
                "answer_attachment_ids": [(5,)],
                "answer_author_id": False,
                "approver_id": False,
                "date_answered": False,
                "date_closed": False,
                "answer_score": 0,
                "is_solved": "unsolved",
                "reopen_count": self.reopen_count + 1,
            }
        )
        if self.responsible_id:
            self._call_responsible()
        else:
            self._call_managers(lambda record: record.env._("Assign the appeal"))

    def _terms_taken_up(self, anew):
        today = self.company_id._qms_today()
        if not self.date_registered:
            return self._registered_vals(today)
        if not anew and self.date_deadline:
            return {}
        kind = self.kind_id.sudo()  # sudo: the law's terms, whoever asks
        deadline = self._last_day(today, kind._term("answer")) if kind.needs_answer else False
        return {"date_deadline": deadline, "deadline_first": deadline, "extension_reason": False}

    def _call_office(self):
        """Call who registers to what has just come in."""
        for (company, due), appeals in self.grouped(
            lambda appeal: (appeal.company_id, appeal.registration_due or appeal.company_id._qms_today())
        ).items():
            operators = self._first_users(company, "citizen_feedback.group_feedback_operator", MANAGERS, *INSIDERS)
            # sudo: a visitor or an import calls the office; that needs no right of theirs.
            appeals.sudo()._call_to_act(operators, due, lambda record: record.env._("Register the appeal"), verb="do")

    def _call_managers(self, summary):
        """Call who decides on these appeals: managers, or with corruption the commissioner (see ``_is_manager``)."""
        groups = self.grouped(
            lambda appeal: (
                appeal.company_id,
                appeal.is_corruption,
                appeal.date_deadline or appeal.company_id._qms_today(),
            )
        )
        for (company, corruption, day), appeals in groups.items():
            wanted = reversed(INSIDERS) if corruption else (MANAGERS, *INSIDERS)
            users = self._first_users(company, *wanted)
            # sudo: who registers or gives back need have no right on other people's duties.
            appeals.sudo()._call_to_act(users, day, summary, verb="decide")

    @api.model
    def _first_users(self, company, *groups):
        """Return the users of the first of these groups that has any in an authority."""
        found = (self._users_of(group, company) for group in groups)
        return next(filter(None, found), self.env["res.users"])

    def _leave_to_insiders(self):
        """Take the appeal from all who knew it as an ordinary one, and call who says who answers it."""
        self.ensure_one()
        # sudo: whoever hands over needs no right on other people's subscriptions.
        record = self.sudo()
        insiders = record._users_of("qms_core.group_coordinator", record.company_id)
        insiders |= record._users_of("qms_core.group_commissioner", record.company_id)
        record.message_unsubscribe((record.message_partner_ids - insiders.partner_id).ids)
        record._call_to_act(
            insiders,
            record.date_deadline or record.company_id._qms_today(),
            lambda appeal: appeal.env._("Say who answers for it"),
            verb="decide",
        )
