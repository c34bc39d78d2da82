from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ARCHIVE = "qms_core.group_archive"
DAYS_TO_DECIDE = 30
DECIDERS = ("qms_core.group_commissioner", "qms_core.group_top_management")
SHOWN = 10
# States of a nomenclature in which its periods are those that were approved.
DECIDED = ("approved", "counting", "closed")
# So many records the system puts into an act at once: more is nobody's reading, and the next act takes the rest.
MOST = 500


class QmsDisposal(models.Model):
    """An act by which quality records go into the archive or are destroyed.

    Two different people sign it: one who keeps the archive, and one who decides for the management. With the second
    signature it is carried out; nothing else destroys a record.
    """

    _name = "qms.disposal"
    _description = "Act of Archiving or Destruction"
    _inherit = ["qms.number.mixin", "qms.frozen.mixin", "qms.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_name = "number"
    _number_prefix = "ACT"
    _number_groups = (ARCHIVE,)
    _frozen_states = ("signing", "done")
    _by_method = frozenset(
        {"author_id", "first_signer_id", "first_date", "second_signer_id", "second_date", "return_reason"}
    )
    _reason_methods = ("action_return",)
    _sealed = True

    kind = fields.Selection(
        [("archive", "Handing over to the archive"), ("destroy", "Destruction")], required=True, default="destroy"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    department_id = fields.Many2one(
        "hr.department", "Unit", index=True, check_company=True, help="Left empty for records of several units."
    )
    date = fields.Date(required=True, default=lambda self: self.env.company._qms_today())
    state = fields.Selection(
        [("draft", "Draft"), ("signing", "To be signed"), ("done", "Carried out")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="A document has one language: it is printed in this one.",
    )
    basis = fields.Text("On What Ground", help="List of retention periods, decision of the expert commission.")
    record_ids = fields.Many2many(
        "qms.record",
        "qms_disposal_record_rel",
        "disposal_id",
        "record_id",
        "Records",
        check_company=True,
        copy=False,
    )
    record_count = fields.Integer("Number of Records", compute="_compute_record_count")
    author_id = fields.Many2one("res.users", readonly=True, copy=False, default=lambda self: self.env.user)
    first_signer_id = fields.Many2one("res.users", "Signed First by", readonly=True, copy=False)
    first_date = fields.Date("Signed First on", readonly=True, copy=False)
    second_signer_id = fields.Many2one("res.users", "Signed Second by", readonly=True, copy=False)
    second_date = fields.Date("Signed Second on", readonly=True, copy=False)
    return_reason = fields.Text("Reason for Return", readonly=True, copy=False)

    # === COMPUTES === #

    @api.depends("record_ids")
    def _compute_record_count(self):
        for act in self:
            act.record_count = len(act.record_ids)

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "department_id" in vals:
            self.check_access("write")  # no rule of Odoo's looks where a record has gone
        return result

    # === ACTIONS === #

    def action_gather(self):
        """Put into drafts all records that the act may dispose of.

        :raises UserError: if there are none
        """
        for act in self:
            act.check_access("write")
            act._check_state("draft")
            found = self.env["qms.record"].search(act._disposable_domain())
            if not found:
                raise UserError(
                    self.env._("No record's retention is over.")
                    if act.kind == "destroy"
                    else self.env._("No filed record waits for the archive.")
                )
            act.record_ids = found

    def action_submit(self):
        """Put acts before who signs them; from now on their records stay as they are.

        :raises UserError: naming records that may not be disposed of
        """
        for act in self:
            act.check_access("write")
            act._check_state("draft")
            if not act.record_ids:
                raise UserError(self.env._("The act names no records. Choose them first."))
            act.record_ids._check_in_no_act()
            act._check_disposable()
            act._transition({"state": "signing", "return_reason": False})
            act._acted()
            act._call_to_act(act._signers(), act.company_id._qms_today(), self._sign_summary())

    def action_sign(self):
        """Sign acts; the second signature, of another person, carries them out.

        :raises AccessError: for who may not sign, or has signed already
        :raises UserError: if a record may no longer be disposed of
        """
        for act in self:
            act._check_state("signing")
            act._check_may_sign()
            today = act.company_id._qms_today()
            if not act.first_signer_id:
                act._transition({"state": "signing", "first_signer_id": self.env.uid, "first_date": today})
                act._take_off(self.env.user)
                act.message_post(body=act.env._("Signed by %s.", self.env.user.name))
                continue
            act._check_disposable()
            act._transition({"state": "done", "second_signer_id": self.env.uid, "second_date": today})
            act._carry_out()
            act.sudo()._seal()  # sudo: as in the frozen mixin; the signatures are sealed with the act
            act._acted()
            act.message_post(body=act.env._("Signed by %s and carried out.", self.env.user.name))

    def action_return(self, reason=None):
        """Give acts back to their authors; signatures are void.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("Why is it returned?"))
        for act in self:
            act._check_state("signing")
            if not act._signing_as(self.env.user):
                raise AccessError(act._not_yours())
            act._transition({"state": "draft", "first_signer_id": False, "first_date": False, "return_reason": reason})
            act._acted()
            # An act of the system has no author who reads messages: the archive goes on with it.
            people = act.author_id.filtered("active") or act._users_of(ARCHIVE, act.company_id)
            act._notify_users(people, self.env._("The act was returned to you"), reason)
        return True

    # === ACCESS === #

    @api.model
    def _signing_as(self, user):
        """Return as what a user may sign: ``archive``, ``management``, both or nothing."""
        roles = {"archive"} if user.has_group(ARCHIVE) else set()
        return roles | ({"management"} if any(user.has_group(group) for group in DECIDERS) else set())

    def _check_may_sign(self):
        self.ensure_one()
        mine = self._signing_as(self.env.user)
        if not mine:
            raise AccessError(self._not_yours())
        first = self.first_signer_id
        if first == self.env.user:
            raise AccessError(self.env._("You signed this act already. The second signature is another person's."))
        theirs = self._signing_as(first.sudo()) if first else {"archive", "management"}  # sudo: groups of a user
        if not any(one != other for one in mine for other in theirs):
            raise AccessError(
                self.env._("One signature is that of the archive, the other that of the management. This one is given.")
            )

    def _not_yours(self):
        return self.env._(
            "The act is signed by who keeps the archive and by the chief quality commissioner or top management."
        )

    def _signers(self):
        users = self.env["res.users"]
        for group in (ARCHIVE, *DECIDERS):
            users |= self._users_of(group, self.company_id)
        return users

    # === BUSINESS METHODS === #

    @api.model
    def _born_vals(self):
        return {**super()._born_vals(), "author_id": self.env.uid}

    def _day_verb(self, user):
        return "sign"

    def _sign_summary(self):
        return self.env._("Sign the act on quality records")

    def _take_off(self, user):
        """Take the act off the list of who has signed; the others are still called."""
        # sudo: a signer need not be able to write activities of an act that he only reads.
        calls = self.sudo().activity_ids.filtered(lambda call: call.user_id == user)
        calls.with_context(mail_activity_quick_update=True).unlink()

    def _disposable_domain(self):
        """Return the domain of the records that the act may dispose of."""
        self.ensure_one()
        own = [("company_id", "=", self.company_id.id)]
        if self.department_id:
            own.append(("department_id", "=", self.department_id.id))
        if self.kind == "archive":
            return [*own, ("state", "=", "filed")]
        return [*own, ("is_due", "=", True), ("nomenclature_line_id.nomenclature_id.state", "in", DECIDED)]

    def _check_disposable(self):
        """Raise a UserError that names records which may not be disposed of, and why."""
        self.ensure_one()
        # sudo: what may be destroyed must not depend on whose records the user reads.
        problems = [text for record in self.sudo().record_ids if (text := self._obstacle(record))]
        if problems:
            more = [self.env._("… and %s more", len(problems) - SHOWN)] if len(problems) > SHOWN else []
            raise UserError("\n".join([*problems[:SHOWN], *more]))

    def _obstacle(self, record):
        """Return why the act may not dispose of a record, or nothing."""
        if record.company_id != self.company_id:
            return self.env._("%s belongs to another authority.", record.number)
        if self.department_id and record.department_id != self.department_id:
            return self.env._("%s belongs to another unit than the act.", record.number)
        if record.state == "open":
            return self.env._("%s is still open. File it first.", record.number)
        if record.state == "destroyed":
            return self.env._("%s is destroyed already.", record.number)
        if self.kind == "archive":
            return record.state == "archived" and self.env._("%s is in the archive already.", record.number)
        line = record.nomenclature_line_id
        if line.nomenclature_state not in DECIDED:
            return self.env._(
                "%(record)s: the list that says how long %(index)s is kept is being changed. Wait for its approval.",
                record=record.number,
                index=line.index,
            )
        if record.is_due:
            return record._kept_too_shortly()
        if not record.retention_until:
            return self.env._("%(record)s is kept: %(retention)s.", record=record.number, retention=record.retention)
        return self.env._(
            "%(record)s is kept until %(day)s.",
            record=record.number,
            day=fields.Date.to_string(record.retention_until),
        )

    @api.model
    def _prepare_due(self, company):
        """Put what may be destroyed in an authority into the draft of an act, and call the archive to it.

        While such an act waits there is no second one: who was called is not called twice.

        :param company: the authority (``res.company``)
        """
        acts = self.sudo().with_company(company)  # sudo: the system's work in every authority
        waiting = acts.search([("company_id", "=", company.id), ("kind", "=", "destroy"), ("state", "!=", "done")])
        archivists = self._users_of(ARCHIVE, company)
        if not archivists or any(not act.department_id for act in waiting):
            return
        draft = acts.new({"kind": "destroy", "company_id": company.id})
        due = acts.env["qms.record"].search(draft._disposable_domain(), order="retention_until, id")
        due = (due - waiting.record_ids).filtered(lambda record: not draft._obstacle(record))[:MOST]
        if due:
            lang = company.partner_id.lang or self.env.lang or "en_US"
            act = acts.create({"company_id": company.id, "lang": lang, "record_ids": [(6, 0, due.ids)]})
            until = company._qms_today() + timedelta(days=DAYS_TO_DECIDE)
            act._call_to_act(archivists, until, lambda act: act._due_summary(), verb="decide")

    def _due_summary(self):
        return self.env._("Decide on records that may be destroyed")

    def _carry_out(self):
        self.ensure_one()
        if self.kind == "archive":
            self.record_ids._hand_over_to_archive(self)
        else:
            self.record_ids._destroy(self)

    def _seal_content(self):
        self.ensure_one()
        content = {
            "number": self.number,
            "kind": self.kind,
            "date": str(self.date),
            "basis": self.basis or "",
            "records": sorted([record.number, record.name] for record in self.record_ids),
        }
        if self.state == "done":
            content["signed"] = [
                [self.first_signer_id.id, str(self.first_date)],
                [self.second_signer_id.id, str(self.second_date)],
            ]
        return content
