from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

DAYS = 5  # working days for each who decides on a proposal


class QmsDocumentProposal(models.Model):
    """A change that somebody proposes at a paragraph of a document in force.

    The quality officer of his unit collects it, the head of the unit agrees, the commissioner decides; whoever
    decides against says why, and the author is told.
    """

    _name = "qms.document.proposal"
    _description = "Change Proposal"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.activity.mixin", "qms.visible.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _frozen_states = ("proposed", "collected", "agreed", "accepted", "joined", "done", "rejected")
    _by_method = frozenset({"author_id", "department_id", "version_id", "answer", "joined_version_id", "decided_by_id"})
    _reason_methods = ("action_reject",)
    _rec_names_search = ["number", "paragraph"]
    _number_prefix = "CP"

    name = fields.Char(compute="_compute_name")
    document_id = fields.Many2one(
        "qms.document",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'effective'), ('kind', '!=', 'external')]",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    version_id = fields.Many2one(
        "qms.document.version", "About Version", readonly=True, copy=False, ondelete="restrict"
    )
    paragraph = fields.Char(required=True, help="Where: the number or heading of the paragraph.")
    present = fields.Text("As It Reads Now")
    proposal = fields.Text("As It Should Read", required=True)
    reason = fields.Text("Why")
    author_id = fields.Many2one(
        "res.users", "Proposed by", readonly=True, required=True, copy=False, default=lambda self: self.env.user
    )
    department_id = fields.Many2one("hr.department", "Unit of the Author", readonly=True, copy=False, index=True)
    state = fields.Selection(
        [
            ("draft", "Being written"),
            ("proposed", "Proposed"),
            ("collected", "Taken up by the unit"),
            ("agreed", "Agreed by the head"),
            ("accepted", "Accepted"),
            ("joined", "In the next version"),
            ("done", "In force"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    answer = fields.Text("Reason of the Decision", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    joined_version_id = fields.Many2one(
        "qms.document.version", "Taken up in", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    may_decide = fields.Boolean(compute="_compute_may_decide")

    # === COMPUTES === #

    @api.depends("number", "document_id", "paragraph")
    def _compute_name(self):
        for record in self:
            record.name = f"{record.document_id.code or ''} {record.paragraph or ''}".strip()

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.number or ''} {record.name}".strip()

    @api.depends("state", "department_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for record in self:
            record.may_decide = self.env.user in record._deciders()

    @api.model
    def _visible_domain(self):
        unit = Domain("department_id.qms_officer_ids.user_id", "=", self.env.uid)
        unit |= Domain("department_id.qms_below_me", "=", True)
        owner = Domain("document_id.department_id.qms_officer_ids.user_id", "=", self.env.uid)
        return Domain("author_id", "=", self.env.uid) | (Domain("state", "!=", "draft") & (unit | owner))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        proposals.document_id.check_access("read")  # its title is shown to whoever may read the proposal
        return proposals

    def write(self, vals):
        result = super().write(vals)
        if "document_id" in vals:
            self.document_id.check_access("read")
        return result

    @api.model
    def _born_vals(self):
        # sudo: the user's own staff record
        people = self.env.user.sudo().employee_ids.filtered(lambda person: person.company_id in self.env.companies)
        return {**super()._born_vals(), "author_id": self.env.uid, "department_id": people[:1].department_id.id}

    # === ACTIONS === #

    def action_propose(self):
        """Hand proposals in: the quality officer of the author's unit collects them."""
        for record in self:
            record._check_state("draft")
            if record.author_id != self.env.user:
                raise AccessError(self.env._("Who wrote a proposal hands it in."))
            version = record.document_id.version_id
            if not version:
                raise UserError(
                    self.env._("“%s” is not in force, so no change is proposed to it.", record.document_id.name)
                )
            record._move({"state": "proposed", "version_id": version.id})

    def action_collect(self):
        """Take proposals up for the unit, which puts them before its head."""
        for record in self:
            record._check_state("proposed")
            record._check_may_decide()
            record._move({"state": "collected"})

    def action_agree(self):
        """Agree to proposals as head of the unit; the commissioner decides next."""
        for record in self:
            record._check_state("collected")
            record._check_may_decide()
            record._move({"state": "agreed"})

    def action_accept(self):
        """Accept proposals; they wait for the next version of their document."""
        for record in self:
            record._check_state("agreed")
            record._check_may_decide()
            record._move({"state": "accepted", "decided_by_id": self.env.uid})
            record._tell(self.env._("Your proposal was accepted"))

    def action_join(self):
        """Take proposals up in the next version of their documents: the draft that is open, else a new one."""
        for record in self:
            record._check_state("agreed", "accepted")
            record._check_may_decide()
            draft = record.document_id._open_version()
            if draft.state == "review":
                raise UserError(
                    self.env._(
                        "%s is being decided on, so nothing is taken up in it any more. Accept the proposal: it waits "
                        "for the version after that.",
                        draft.display_name,
                    )
                )
            draft = draft or record.document_id._new_version({"reason": record._as_reason()})
            record._move({"state": "joined", "joined_version_id": draft.id, "decided_by_id": self.env.uid})
            draft.message_post(body=self.env._("%(number)s: %(text)s", number=record.number, text=record._as_reason()))
            record._tell(self.env._("Your proposal goes into the next version"))

    def action_reject(self, reason=None):
        """Decide against proposals, at whatever step they are.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_reject", self.env._("Why is it rejected?"))
        for record in self:
            record._check_state("proposed", "collected", "agreed", "accepted")
            record._check_may_decide()
            record._move({"state": "rejected", "answer": reason, "decided_by_id": self.env.uid})
            record._tell(self.env._("Your proposal was rejected"), reason)
        return True

    # === BUSINESS METHODS === #

    def _deciders(self):
        """Return the users whose turn it is (``res.users``); never the author, unless nobody else is there."""
        self.ensure_one()
        record = self.sudo()  # sudo: whose turn it is must not depend on who asks
        unit, company = record.department_id, record.company_id
        if record.state == "proposed":
            users = unit.qms_officer_ids.user_id | self._users_of("qms_core.group_coordinator", company)
        elif record.state == "collected":
            head = unit._head().sudo().user_id if unit else record.env["res.users"]  # sudo: as above
            # Nobody agrees to his own proposal: where the head made it, it goes on to the commissioner's people.
            users = head - record.author_id or self._users_of("qms_core.group_coordinator", company)
        elif record.state in ("agreed", "accepted"):
            users = self._users_of("qms_core.group_commissioner", company)
        else:
            users = record.env["res.users"]
        users = users.filtered("active")
        return (users - record.author_id or users).with_env(self.env)

    def _called(self):
        """Return who of the deciders is called: the unit's own officers before the coordinators."""
        officers = self.sudo().department_id.qms_officer_ids.user_id  # sudo: as in _deciders
        deciders = self._deciders()
        return (self.state == "proposed" and deciders & officers) or deciders

    def _check_may_decide(self):
        if self.env.user in self._deciders():
            return
        names = {
            "proposed": self.env._("A proposal is collected by the quality officer of the unit it comes from."),
            "collected": self.env._("To a proposal agrees the head of the unit it comes from."),
        }
        raise AccessError(
            names.get(self.state) or self.env._("Proposals are decided by the chief quality commissioner.")
        )

    def _move(self, vals):
        """Take a proposal to its next state and call whose turn it is."""
        self._transition(vals)
        self._acted()
        if self.state in ("proposed", "collected", "agreed"):
            day = self.company_id._qms_working_day_after(self.company_id._qms_today(), DAYS)
            self._call_to_act(self._called(), day, self._step_summary())

    def _step_summary(self):
        return {
            "proposed": self.env._("Collect the change proposal"),
            "collected": self.env._("Agree to the change proposal"),
            "agreed": self.env._("Decide on the change proposal"),
        }[self.state]

    def _day_verb(self, user):
        return "decide"

    def _tell(self, subject, answer=""):
        """Tell the author what became of his proposal."""
        self._notify_users(self.author_id, subject, "\n".join(filter(None, [self.display_name, answer])))

    def _as_reason(self):
        return f"{self.paragraph}: {self.proposal}"


class QmsDocumentVersion(models.Model):
    """What was accepted for the next version: its author is told, so that nothing of it is forgotten."""

    _inherit = "qms.document.version"

    waiting_proposal_count = fields.Integer(
        "Accepted Proposals that Wait", compute="_compute_waiting_proposal_count", compute_sudo=False
    )

    @api.depends("state", "document_id")
    @api.depends_context("uid")
    def _compute_waiting_proposal_count(self):
        drafts = self.filtered(lambda version: version.state == "draft")
        counted = self.env["qms.document.proposal"]._read_group(
            [("document_id", "in", drafts.document_id.ids), ("state", "=", "accepted")], ["document_id"], ["__count"]
        )
        counts = {document.id: count for document, count in counted}
        for version in self:
            version.waiting_proposal_count = version in drafts and counts.get(version.document_id.id, 0)

    def action_waiting_proposals(self):
        """Open the proposals that were accepted and wait for the next version of the document.

        :return: a window action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_document_proposal_action")
        waiting = [("document_id", "=", self.document_id.id), ("state", "=", "accepted")]
        return {**action, "domain": waiting, "context": {}}

    def _make_effective(self):
        super()._make_effective()
        # What is proposed is about a version in force, so no first one takes it up. sudo: proposals of people whom who
        # approves need not see
        following = self.sudo().filtered(lambda version: version.number > 1)
        for proposal in following.proposal_ids.filtered(lambda record: record.state == "joined"):
            proposal._transition({"state": "done"})
            proposal._tell(self.env._("Your proposal is in force now"))

    def unlink(self):
        proposals = self.sudo().proposal_ids  # sudo: as above
        if proposals:
            raise UserError(
                self.env._("Change proposals were taken up in this draft. Carry them out, or reject them first.")
            )
        return super().unlink()
