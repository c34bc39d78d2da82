from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What the author plans; the rest of a place is filled in by asking and by deciding.
PLANNED = frozenset({"version_id", "sequence", "role_id", "user_id", "days"})


class QmsDocumentApproval(models.Model):
    """A place in the approval route of a version: a role or a person, asked when those before have approved.

    It is a duty with a deadline: who is asked, or stands in for him, is called, reminded and, late, told of to his
    chief. Who that is, is found out on the day he is asked.
    """

    _name = "qms.document.approval"
    _description = "Approval of a Document"
    _inherit = ["qms.frozen.mixin", "qms.deadline.mixin"]
    _order = "version_id, sequence, id"
    _check_company_auto = True
    _state_initial = "waiting"
    _by_method = frozenset({"comment", "date", "decided_by_id"})
    _duty_closed_states = ("waiting", "approved", "returned")

    version_id = fields.Many2one(
        "qms.document.version", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, help="Who has the same number is asked at the same time.")
    role_id = fields.Many2one("qms.role", "Approver (Role)", index=True, check_company=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Approver (Person)", index=True, ondelete="restrict")
    days = fields.Integer("Working Days", default=3, help="How long the approver has, from the day he is asked.")
    state = fields.Selection(
        [("waiting", "Not asked yet"), ("asked", "Asked"), ("approved", "Approved"), ("returned", "Returned")],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
        index=True,
    )
    comment = fields.Text(readonly=True, copy=False)
    date = fields.Datetime("Decided on", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)

    _one_approver = models.Constraint(
        "CHECK ((role_id IS NULL) != (user_id IS NULL))", "Choose either the role or the person who approves."
    )
    _days_range = models.Constraint("CHECK (days BETWEEN 1 AND 365)", "An approver has between 1 and 365 days.")

    # === COMPUTES === #

    @api.depends("role_id", "user_id", "version_id")
    def _compute_display_name(self):
        for line in self:
            # sudo: whoever may read the place may read whose it is.
            line.display_name = f"{line.version_id.display_name}: {line.sudo()._approver_name()}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_route_open()
        return lines

    def write(self, vals):
        if PLANNED & set(vals):
            self._check_route_open()
        if "responsible_id" in vals and not (self.env.su or self._in_transition()):
            raise UserError(
                self.env._("Who is asked follows from the route. Hand the person's duties over if he can't decide.")
            )
        return super().write(vals)

    def unlink(self):
        self._check_route_open()
        return super().unlink()

    def get_formview_action(self, access_uid=None):
        """Open the version: that is where one reads and decides."""
        return self.version_id.get_formview_action(access_uid=access_uid)

    @api.model
    def _born_vals(self):
        return {**super()._born_vals(), "responsible_id": False, "date_deadline": False}

    # === ACCESS === #

    @api.model
    def _mine_domain(self):
        """Return the domain of the places that concern the current user today, asked already or not."""
        held = self.env["qms.role.holder"]._mine_domain("permanent", "acting", "deputy")
        return Domain.OR(
            [
                Domain("user_id", "=", self.env.uid),
                Domain("responsible_user_id", "=", self.env.uid),
                Domain("responsible_id", "in", self._replaced_by_me()),
                Domain("role_id.holder_ids", "any", held),
            ]
        )

    def _check_route_open(self):
        # sudo: whether the route may still change does not depend on who asks
        if any(line.sudo().version_id.state != "draft" for line in self):
            raise UserError(
                self.env._(
                    "The version is being decided on or decided, so its approval route stays. Return the version to "
                    "its author to change the route."
                )
            )

    @api.model
    def _confidential_domain(self):
        return super()._confidential_domain() | Domain("version_id.document_id.confidentiality", "=", "restricted")

    def _check_may_postpone(self):
        super()._check_may_postpone()
        if self.env.user in self._excluded():
            raise AccessError(self.env._("You wrote the version, so another person moves the day of its approval."))

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Approve the document or return it")

    def _day_verb(self, user):
        return "sign" if user in self._deciders() else super()._day_verb(user)

    def _may_be_handed_over(self):
        # Who still holds the place decides himself, or who acts for him: nobody else takes the decision from him.
        return not self.sudo().responsible_id & self._people().sudo()  # sudo: staff records, whoever hands over

    def _hand_over(self, successor, reason):
        # sudo: staff records, as above
        if successor.sudo().user_id == self.env.user or not all(line._may_be_handed_over() for line in self):
            raise AccessError(
                self.env._(
                    "An approval is handed over only by somebody else than who takes it, and only from who can't "
                    "decide any more. Choose another successor, or have somebody act for the approver."
                )
            )
        return super()._hand_over(successor, reason)

    def _approver_name(self):
        return self.role_id.display_name or self.user_id.name or ""

    def _excluded(self):
        """Return who may not decide on the version: who wrote it, who submitted it (``res.users``)."""
        return self.version_id.author_id | self.version_id.submitter_id

    def _people(self):
        """Return who holds the place today, and works here (``hr.employee``)."""
        self.ensure_one()
        line = self.sudo()  # sudo: who is meant must not depend on who asks
        today = line.company_id._qms_today()
        if line.role_id:
            return line.role_id._holders(today)
        employees = line.user_id.with_context(active_test=False).employee_ids
        return employees.filtered(lambda person: person.company_id == line.company_id and person._works_on(today))

    def _deciders(self):
        """Return the users who may decide at this place today, or stand in for who may; never the author.

        Who was made responsible by a hand-over counts; who no longer works here doesn't.
        """
        self.ensure_one()
        today = self.sudo().company_id._qms_today()  # sudo: the date only
        people = self._people() | self.sudo().responsible_id.filtered(lambda person: person._works_on(today))
        people |= people.browse().union(*(person._present() for person in people))
        users = people.sudo().user_id  # sudo: logins of staff
        if self.user_id and not self.user_id.sudo().with_context(active_test=False).employee_ids:
            users |= self.user_id  # somebody without a staff record, such as an outside adviser
        return users.filtered("active").with_env(self.env) - self._excluded()

    def _mine(self):
        """Return those of the places that wait for the user."""
        asked = self.filtered(lambda line: line.state == "asked")
        return asked.filtered(lambda line: line._is_decided_by(self.env.user))

    def _is_decided_by(self, user):
        """Tell whether a user is one of ``_deciders``; who stands in is looked for only where he isn't named himself.

        :param user: ``res.users``
        """
        if not user.active or user in self._excluded():
            return False
        named = self._people().sudo().user_id  # sudo: logins of staff
        return user in named or user in self._deciders()

    def _asked_of_user(self):
        """Return the places that wait for the user; raise an AccessError where there are none."""
        mine = self._mine()
        if mine:
            return mine
        user = self.env.user
        if user in self._excluded():
            raise AccessError(self.version_id._approval_words()["own"])
        named = self.filtered(lambda line: user in (line.user_id, line.responsible_user_id))
        if named.filtered(lambda line: line.state == "asked" and not line._people()):
            raise AccessError(self.env._("You no longer work for the authority, so your approval would not count."))
        raise AccessError(
            self.env._(
                "%s doesn't wait for your approval. Who is asked stands in its route.", self.version_id.display_name
            )
        )

    def _check_can_be_asked(self):
        """Raise a UserError if at a place nobody could approve, or nobody but the author."""
        for line in self:
            if not line._deciders():
                raise UserError(
                    self.env._(
                        "“%s” can approve nothing now: nobody is there who works here, has a login and is not the "
                        "author himself. Choose another approver.",
                        line.sudo()._approver_name(),  # sudo: as in _compute_display_name
                    )
                )

    def _ask(self):
        """Ask who holds these places; the days begin to count."""
        for line in self:
            deciders = line._deciders()
            # sudo: logins of staff
            people = line._people().sudo().filtered(lambda person, users=deciders: person.user_id in users)
            line._transition(
                {
                    "state": "asked",
                    "responsible_id": (people or line._people())[:1].id,
                    "date_deadline": line.company_id._qms_working_day_after(line.company_id._qms_today(), line.days),
                }
            )
            if others := people[1:].user_id:
                line._call_to_act(others, line.date_deadline, line._duty_summary(), verb="sign")
            elif not people:
                line._call_to_act(
                    deciders or line._last_resort(), line.date_deadline, line._duty_summary(), verb="sign"
                )

    def _last_resort(self):
        return self._users_of("qms_core.group_coordinator", self.company_id)

    def _decide(self, state, comment=None):
        """Record the user's decision at these places.

        :param str state: ``approved`` or ``returned``
        :param str comment: his remark
        """
        self._transition(
            {"state": state, "comment": comment, "date": fields.Datetime.now(), "decided_by_id": self.env.uid}
        )

    def _reset(self, answered=True):
        """Take places back to the beginning.

        :param bool answered: also those that were decided on
        """
        lines = self.filtered(lambda line: line.state == "asked" or (answered and line.state != "waiting"))
        if not lines:
            return
        lines._acted()
        vals = {"state": "waiting", "responsible_id": False, "date_deadline": False}
        if answered:
            vals.update(comment=False, date=False, decided_by_id=False)
        lines._transition(vals)

    def _seal_content(self):
        self.ensure_one()
        # By ids: who is renamed later has approved all the same.
        place = [self.sequence, self.role_id.id, self.user_id.id]
        return [*place, self.decided_by_id.id, str(self.date), self.comment or ""]
