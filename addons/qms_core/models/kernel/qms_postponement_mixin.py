from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QmsPostponementMixin(models.AbstractModel):
    """A duty whose deadline moves with a reason on record, and never by the hand of who carries it out.

    Part of ``qms.deadline.mixin``, which defines the fields of a duty. Who may postpone says
    ``_check_may_postpone``; the responsible person asks for more time.
    """

    _name = "qms.postponement.mixin"
    _description = "Duty whose deadline can be postponed"

    # Whether a set deadline moves by `_postpone` alone. Not where it follows from other dates of the record.
    _deadline_by_method = True

    postponement_ids = fields.One2many(
        "qms.postponement",
        "res_id",
        "Postponements",
        readonly=True,
        copy=False,
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
    )
    postponement_count = fields.Integer(compute="_compute_postponement_count", help="How often it was postponed.")
    postponement_asked = fields.Char("Asked for More Time", compute="_compute_may_postpone")
    may_postpone = fields.Boolean(compute="_compute_may_postpone")
    may_ask_postponement = fields.Boolean(compute="_compute_may_postpone")

    # === COMPUTES === #

    @api.depends("postponement_ids.state")
    def _compute_postponement_count(self):
        counted = self.env["qms.postponement"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "granted")],
            ["res_id"],
            ["__count"],
        )
        counts = dict(counted)
        for duty in self:
            duty.postponement_count = counts.get(duty._origin.id, 0)

    @api.depends("state", "date_deadline", "responsible_user_id", "postponement_ids.state")
    @api.depends_context("uid")
    def _compute_may_postpone(self):
        for duty in self:
            waits = bool(duty._origin and duty.date_deadline and duty._duty_is_open())
            asked = duty._asked_postponement() if waits else self.env["qms.postponement"]
            duty.postponement_asked = bool(asked) and self.env._(
                "%(person)s asks for time until %(day)s: %(reason)s",
                person=asked.sudo().asked_by.name,  # sudo: names of logins are not for everyone, this one is
                day=fields.Date.to_string(asked.date_new),
                reason=asked.reason,
            )
            duty.may_postpone = waits and duty._may_postpone()
            duty.may_ask_postponement = waits and not asked and duty.responsible_user_id == self.env.user

    # === CRUD === #

    def write(self, vals):
        if "date_deadline" in vals and self._deadline_by_method and not self.env.su:
            self._check_deadline_kept(fields.Date.to_date(vals["date_deadline"]))
        return super().write(vals)

    def unlink(self):
        # sudo: the log of a duty goes with it, past the gate that keeps decided rows; nobody may delete rows alone.
        log = self.env["qms.postponement"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        result = super().unlink()
        models.Model.unlink(log)
        return result

    # === ACCESS === #

    def _check_may_postpone(self):
        """Hook: raise an AccessError unless the user may move the deadline.

        By default the quality staff and who set the duty may, but never who carries it out.
        """
        self.ensure_one()
        user = self.env.user
        if user == self.responsible_user_id:
            raise AccessError(
                self.env._("You carry this out yourself, so another person moves its deadline. Ask for more time.")
            )
        if not self._may_set_term():
            raise AccessError(
                self.env._("Only who may set the deadline of “%s” postpones it. Ask for more time.", self.display_name)
            )

    def _may_postpone(self):
        self.ensure_one()
        try:
            self._check_may_postpone()
        except AccessError:
            return False
        return True

    def _may_set_term(self):
        """Hook: tell whether the user may move the deadline if the duty is not his own."""
        self.ensure_one()
        return self.env.user._is_quality_staff() or self.env.user in self._term_setters()

    def _term_setters(self):
        """Hook: return the users who set the deadline, and so may move it (``res.users``)."""
        return self.create_uid

    def _check_deadline_kept(self, day):
        """Raise if a plain edit of the deadline would do what only `_postpone` may."""
        for duty in self.filtered(lambda duty: duty.date_deadline not in (False, day) and duty._duty_is_open()):
            if duty.responsible_user_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "You carry out “%s” yourself, so you can't change its deadline. Ask for more time.",
                        duty.display_name,
                    )
                )
            if not day or day > duty.date_deadline:
                raise UserError(
                    self.env._(
                        "“%(duty)s” has to be done by %(day)s. Postpone it by the button, so that the reason stays on "
                        "record.",
                        duty=duty.display_name,
                        day=fields.Date.to_string(duty.date_deadline),
                    )
                )

    def _check_new_deadline(self, day):
        """Raise a UserError unless an open duty may get this day."""
        self.ensure_one()
        if not self.date_deadline or not self._duty_is_open():
            raise UserError(
                self.env._("“%s” doesn't wait for anybody at present, so nothing is postponed.", self.display_name)
            )
        if day <= self.date_deadline:
            raise UserError(
                self.env._(
                    "The new deadline must be later than %s. Choose a later day.",
                    fields.Date.to_string(self.date_deadline),
                )
            )
        if day < self.company_id._qms_today():
            raise UserError(self.env._("The new deadline is over already. Choose a day from today on."))

    # === ACTIONS === #

    def action_postpone(self):
        """Open the dialog that postpones these duties.

        :return: a window action
        :raises AccessError: for who may not postpone them
        """
        for duty in self:
            duty._check_may_postpone()
        return self.env["qms.postponement.wizard"]._ask(self, False, self.env._("Postpone"))

    def action_ask_postponement(self):
        """Open the dialog in which the responsible person asks for more time.

        :return: a window action
        """
        for duty in self:
            duty._check_may_ask_postponement()
        return self.env["qms.postponement.wizard"]._ask(self, True, self.env._("Ask for more time"))

    def action_grant_postponement(self):
        """Grant the requests for more time that wait on these duties."""
        for duty in self:
            duty._awaited_request().action_grant()

    def action_refuse_postponement(self):
        """Refuse the requests for more time that wait on these duties; a dialog asks for the reason."""
        rows = self.env["qms.postponement"]
        for duty in self:
            duty._check_may_postpone()
            rows |= duty._awaited_request()
        return rows.action_refuse()

    def action_view_postponements(self):
        """Open the log of these duties' postponements."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_postponement_action"),
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    # === BUSINESS METHODS === #

    def _postpone(self, date_new, reason):
        """Move the deadlines of open duties; the reason is logged and the reminders start anew.

        :param datetime.date date_new: later than the deadline, and not before today
        :param str reason: why
        :raises AccessError: for who may not postpone them
        :raises UserError: for a finished duty or a day that is no postponement
        """
        for duty in self:
            duty._check_may_postpone()
            duty._check_new_deadline(date_new)
            asked = duty._asked_postponement()
            if asked and asked.date_new != date_new:
                instead = self.env._("Postponed to %s instead.", fields.Date.to_string(date_new))
                asked._decide("refused", instead)
            same = asked.filtered(lambda row: row.state == "asked")
            duty._grant(same or duty._log_postponement(date_new, reason), reason)

    def _ask_postponement(self, date_new, reason):
        """Ask for more time: by the responsible person; who may decide is called.

        :param datetime.date date_new: the day asked for
        :param str reason: why
        :return: the requests (``qms.postponement``)
        """
        rows = self.env["qms.postponement"]
        for duty in self:
            duty._check_may_ask_postponement()
            duty._check_new_deadline(date_new)
            rows |= duty._log_postponement(date_new, reason)
            duty._call_deciders()
        return rows

    def _call_deciders(self):
        self.ensure_one()
        deciders = self._postponement_deciders()
        today = self.company_id._qms_today()
        self._call_to_act(deciders, today, lambda duty: duty._decision_summary(), verb="decide")

    def _end_decision(self):
        """Take the decision on more time off the lists of who was called to it."""
        self._acted(lambda duty: duty._decision_summary())

    def _call_deciders_anew(self):
        """Where a request for more time waits, call who decides now that another person is responsible.

        The new person, who may have been one of them, doesn't decide for himself.
        """
        # sudo: who gave the duty away may read it no more.
        for duty in self.sudo().filtered(lambda duty: duty._asked_postponement()):
            duty._end_decision()
            if duty._duty_is_open():
                duty._call_deciders()

    def _check_may_ask_postponement(self):
        self.ensure_one()
        if self.responsible_user_id != self.env.user:
            raise AccessError(self.env._("Only the responsible person asks for more time for “%s”.", self.display_name))
        if self._asked_postponement():
            raise UserError(
                self.env._("More time was asked for already for “%s”. The answer is awaited.", self.display_name)
            )

    def _postponement_deciders(self):
        """Return whom a request for more time is put before: who set the term, else the unit's officers, else the
        coordinators of the authority (``res.users``)."""
        self.ensure_one()
        # sudo: officers of a unit are staff data, and whom to call must not depend on who asks.
        duty = self.sudo()
        setters = duty._term_setters().filtered(lambda user: user.active and not user.share)
        officers = duty.department_id.qms_officer_ids.user_id if "department_id" in self._fields else setters.browse()
        coordinators = self._users_of("qms_core.group_coordinator", self.company_id)
        found = (users - duty.responsible_user_id for users in (setters, officers, coordinators))
        return next(filter(None, found), setters.browse()).with_env(self.env)

    def _decision_summary(self):
        return self.env._("Decide whether there is more time")

    def _asked_postponement(self):
        """Return the request that waits for a decision (``qms.postponement``, one or none)."""
        return self.postponement_ids.filtered(lambda row: row.state == "asked")[:1]

    def _awaited_request(self):
        asked = self._asked_postponement()
        if not asked:
            raise UserError(self.env._("Nobody asks for more time for “%s” at present.", self.display_name))
        return asked

    def _log_postponement(self, date_new, reason):
        self.ensure_one()
        # sudo: rows of the log are made by these methods alone; nobody has a right to create them.
        row = (
            self.env["qms.postponement"]
            .sudo()
            .create(
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "label": self.display_name,
                    "company_id": self.company_id.id,
                    "date_old": self.date_deadline,
                    "date_new": date_new,
                    "reason": reason,
                    "asked_by": self.env.uid,
                }
            )
        )
        return row.sudo(False)

    def _grant_postponement(self, row):
        self._check_may_postpone()
        self._check_new_deadline(row.date_new)
        self._grant(row, row.reason)

    def _grant(self, row, reason):
        row._decide("granted")
        self._end_decision()
        self._move_deadline(row.date_new)
        self.sudo()._message_log(  # sudo: who postpones need not be able to edit the duty itself
            body=self.env._("Postponed to %(day)s: %(reason)s", day=fields.Date.to_string(row.date_new), reason=reason),
        )

    def _refuse_postponement(self, row, reason):
        self._check_may_postpone()
        row._decide("refused", reason)
        self._end_decision()
        # sudo: whom to answer must not depend on whose records the decider reads.
        self._notify_users(row.sudo().asked_by, self.env._("The deadline stays: %s", self.display_name), reason)

    def _move_deadline(self, day):
        """Hook: write the postponed deadline; a model whose records are frozen while open goes past the gate."""
        # sudo: who postpones was checked, and need not be able to edit the duty itself.
        self.sudo().write({"date_deadline": day})

    def _deadline_first_set(self):
        """Return the deadline as it was before it was postponed for the first time."""
        self.ensure_one()
        granted = self.postponement_ids.filtered(lambda row: row.state == "granted")
        return granted.sorted("id")[:1].date_old or self.date_deadline
