from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.http import request
from odoo.tools import is_html_empty

from odoo.addons.base.models.res_users import check_identity

# A page takes a second to print: of more versions at once, the cron makes the prints.
PRINTED_AT_ONCE = 3
NO_ACT = dict.fromkeys(("act_kind", "act_issuer", "act_number", "act_date", "is_collegial", "act_minutes"), False)


class QmsDocumentVersion(models.Model):
    """The way of a version through its approval route, and by an act."""

    _inherit = "qms.document.version"

    # === ACTIONS === #

    def action_submit(self):
        """Put drafts before the first approvers of their routes.

        :raises UserError: naming what is missing
        """
        super().action_submit()
        for version in self:
            version.approval_ids._reset()
            version.approval_ids._check_can_be_asked()
            version._ask_next()

    def action_approve(self, comment=None):
        """Approve the version in the user's own name, after he has proved once more who he is.

        The system asks for the password or the passkey before each single approval. Code that runs without a
        browser (tests, the demo city) calls ``_approve`` in the name of the approver.

        :param str comment: kept with the approval
        :return: the dialog that asks who he is
        :raises AccessError: for who is not asked, for the author, for who no longer works here
        """
        self.ensure_one()
        self._asked_lines()
        if request:
            # Odoo remembers for ten minutes that somebody was asked; an approval is asked for anew.
            request.session["identity-check-last"] = 0
        return self._approve_as_myself(comment)

    @check_identity
    def _approve_as_myself(self, comment=None):
        request.session["identity-check-last"] = 0
        self._approve(comment)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_approve_commented(self, comment=None):
        """Approve with a remark: a dialog asks for it, then who approves proves who he is.

        :param str comment: the remark
        """
        if not comment:
            return self.env["qms.reason.wizard"]._ask(self, "action_approve_commented", self.env._("Your remark"))
        return self.action_approve(comment)

    def action_approve_by_act(self):
        """Open the dialog that enters the act which approves these versions.

        :return: a window action
        """
        self._check_ready_for_act()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approved by an Act"),
            "res_model": "qms.document.act.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_version_ids": self.ids},
        }

    def action_return(self, reason=None):
        """Give versions in review back to their author, for changes.

        :param str reason: why; without it a dialog asks
        :raises AccessError: for who is neither asked nor decides
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What has to be changed?"))
        for version in self:
            version._check_state("review")
            version._return(reason)
        return True

    def action_take_back(self):
        """Take versions in review back to the draft: by their author, before they are approved."""
        for version in self:
            version._check_state("review")
            if self.env.user not in version.approval_ids._excluded() | version.author_id:
                raise AccessError(self.env._("Only the author takes a version back. Who is asked returns it."))
            version._back_to_draft(False)
            version.message_post(body=self.env._("Taken back by the author."))

    def action_rebase(self):
        """Note that a draft takes into account the version that came into force since it was begun."""
        for version in self:
            version.check_access("write")
            version._check_state("draft")
            version._transition({"state": "draft", "based_on_id": version.document_id._standing_version().id})

    # === BUSINESS METHODS: SUBMITTING === #

    def _approval_words(self):
        return {
            "summary": self.env._("Enter the act that approves the document"),
            "against": self.env._("Your document was returned to you"),
            "not_yours": self.env._(
                "That an act approved a document is recorded by the chief quality commissioner or top management."
            ),
            "own": self.env._("You wrote or submitted this version, so another person has to approve it."),
        }

    def _approvers(self):
        # Who is asked by the route is called at his place in it; the commissioners enter the act at the end.
        return self.env["res.users"]

    def _check_complete(self):
        """Raise a UserError that names what a draft lacks before it can be decided on."""
        self.ensure_one()
        missing = []
        if is_html_empty(self.body) and not self.attachment_ids:
            missing.append(self.env._("There is neither a text nor a file."))
        if self._previous() and not (self.reason or "").strip():
            missing.append(self.env._("Say what changed."))
        if not self.approval_ids and not self.by_act:
            missing.append(self.env._("Nobody is named who approves it: fill in the approval route."))
        if self.document_id.kind == "external":
            missing.append(self.env._("An external act is approved by those who issued it, not here."))
        missing += self._missing_in_route()
        lapsed = self.document_id.legal_basis_ids.filtered(lambda basis: basis.state == "withdrawn")
        missing += [self.env._("It rests on “%s”, which no longer holds.", basis.display_name) for basis in lapsed]
        if missing:
            raise UserError("\n".join([self.env._("This version is not complete yet."), *missing]))
        self.document_id._check_alive()
        self._check_date_effective()
        self._check_basis()
        self._check_contents()

    def _check_date_effective(self):
        today = self.company_id._qms_today()
        if self.date_effective and self.date_effective < today and not self.by_act:
            raise UserError(
                self.env._(
                    "The version can't come into force on %(day)s, in the past: nobody was bound by it then. Choose a "
                    "day from %(today)s on, or let an act approve it.",
                    day=fields.Date.to_string(self.date_effective),
                    today=fields.Date.to_string(today),
                )
            )

    def _submitted_vals(self):
        # sudo: the record's own names
        document = self.document_id.sudo()
        return {
            "return_reason": False,
            "submitter_id": self.env.uid,
            "document_name": document.name,
            "document_code": document.code,
            "supersedes_id": document.supersedes_id.id,
            "approved_count": 0,
        }

    def _ask_next(self):
        """Ask those of the route whose turn it is; after the last of them, who enters the act."""
        self.ensure_one()
        route = self.approval_ids
        waiting = route.filtered(lambda line: line.state == "waiting")
        if not route.filtered(lambda line: line.state == "asked") and waiting:
            first = min(waiting.mapped("sequence"))
            waiting.filtered(lambda line: line.sequence == first)._ask()
        elif not waiting and self.by_act and self._visas_given():
            deciders = self.env["res.users"].union(
                *(self._users_of(group, self.company_id) for group in self._called_groups)
            )
            self._call_to_act(
                deciders - self.author_id - self.submitter_id,
                self.company_id._qms_working_day_after(self.company_id._qms_today(), 3),
                self._approval_words()["summary"],
            )

    # === BUSINESS METHODS: DECIDING === #

    def _approve(self, comment=None):
        """Give the user's approval; with the last one the version is approved.

        Only after his identity was checked: ``action_approve`` does that.

        :param str comment: kept with the approval
        """
        self._hold()
        asked = self.env["qms.document.approval"].union(*(version._asked_lines() for version in self))
        asked._decide("approved", comment)
        # sudo: it was his turn; beyond that an approver needs no right of his own
        versions = self.sudo()
        for version in versions:
            version._transition({"approved_count": version.approved_count + 1})
            if comment:
                version.message_post(body=self.env._("Approved with a remark: %s", comment))
        complete = versions.filtered(lambda version: version._visas_given() and not version.by_act)
        complete._finish()
        for version in versions - complete:
            version._ask_next()
        asked._acted()  # at the end: it empties the caches

    def _asked_lines(self):
        """Return the places of the route that wait for the user; raise where there are none."""
        self.ensure_one()
        lines = self.sudo().approval_ids  # sudo: whose turn it is, is found out of each place itself
        if mine := lines._mine():
            return mine
        self._check_state("review")  # who may not read the version is told no more than that
        return lines._asked_of_user()

    def _approve_by_act(self, vals):
        """Record the act that approved the versions; the dialog's gates are these.

        :param dict vals: fields of ``qms.approving.act.mixin``, and ``date_effective``
        """
        self._check_ready_for_act()
        self._hold()
        # sudo: the gates are passed
        versions = self.sudo()
        versions._transition({"state": "review", **vals})
        for version in versions:
            version._check_act()
            if version.act_date > version.company_id._qms_today():
                raise UserError(self.env._("The act bears a date that is still to come. Correct the date."))
        versions._finish()

    def _check_ready_for_act(self):
        for version in self:
            version._check_state("review")
            version._check_may_decide()
            if not version.by_act:
                raise UserError(self.env._("%s is approved by its route, not by an act.", version.display_name))
            open_lines = version.approval_ids.filtered(lambda line: line.state != "approved")
            if open_lines:
                raise UserError(
                    self.env._(
                        "%(version)s still waits for: %(names)s. The act can be entered once all have approved.",
                        version=version.display_name,
                        # sudo: whose turn it is may be told to who decides
                        names=", ".join(line.sudo()._approver_name() for line in open_lines),
                    )
                )

    def _check_may_decide(self):
        super()._check_may_decide()
        if self.submitter_id == self.env.user:
            raise AccessError(self._approval_words()["own"])

    def _visas_given(self):
        return all(line.state == "approved" for line in self.approval_ids)

    def _hold(self):
        """Keep others from deciding on the documents at the same moment: the second one is told, not mixed in."""
        try:
            # sudo: approvers need no right to edit what they approve. Whoever decides on a version holds its document.
            self.sudo().document_id.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is deciding on this document at this moment. Look at it again, then decide.")
            ) from error

    def _check_basis(self):
        """Raise a UserError if another version was approved since this one was begun: it would be lost unseen."""
        standing = self.document_id._standing_version()
        if standing and standing != self.based_on_id:
            raise UserError(
                self.env._(
                    "%(standing)s was approved after version %(number)s had been begun, so version %(number)s knows "
                    "nothing of it. Return it to its author, who compares both and takes over what changed.",
                    standing=standing.display_name,
                    number=self.number,
                )
            )

    def _finish(self):
        """Approve versions for good; those whose day has come come into force.

        Many at once are printed by the cron.
        """
        if len(self.document_id) < len(self):
            for version in self:  # of two versions of a document, the second must know the first
                version._finish()
            return
        days = {version: version._checked_day() for version in self}
        alike = self.grouped(lambda version: (version.company_id, days[version], version.by_act))
        for (company, day, by_act), versions in alike.items():
            versions._transition(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "date_approved": company._qms_today(),
                    "date_effective": day,
                    **({} if by_act else NO_ACT),  # an act that did not approve it is not shown beside it
                }
            )
        self.filtered("by_act")._acted()  # where the route approves, nobody is called any more
        if len(self) <= PRINTED_AT_ONCE:
            for version in self:
                version._store_pdf()
        else:
            self.env.ref("qms_core.ir_cron_document_print").sudo()._trigger()  # sudo: crons are the system's
        self.filtered(lambda version: version.date_effective <= version.company_id._qms_today())._make_effective()

    def _checked_day(self):
        """Return the day on which the version comes into force; raise a UserError if it can't be approved now."""
        self._check_basis()
        self.document_id._check_alive()
        self._check_may_supersede()
        today = self.company_id._qms_today()
        day = self.date_effective or today
        if not self.by_act:
            day = max(day, today)  # the day that was planned may have passed while it was decided on
        standing = self.document_id._standing_version()
        if standing.date_effective and standing.date_effective > day:
            raise UserError(
                self.env._(
                    "It would come into force before %(standing)s, which it follows. Choose a day from %(day)s on.",
                    standing=standing.display_name,
                    day=fields.Date.to_string(standing.date_effective),
                )
            )
        return day

    def _check_may_supersede(self):
        """Raise a UserError unless one of those who approved the version may end what it supersedes."""
        approvers = self.approval_ids.decided_by_id | self.env.user
        if self.supersedes_id and not any(self.with_user(user)._user_decides() for user in approvers):
            raise UserError(
                self.env._(
                    "It ends “%s”, which only the chief quality commissioner or top management withdraws. Return it to "
                    "its author, who puts one of them into the approval route.",
                    self.supersedes_id.display_name,
                )
            )

    def _return(self, reason):
        mine = self.approval_ids._mine()
        if not mine:
            self._check_may_decide()
        mine._decide("returned", reason)
        mine._acted()
        self._give_back(reason)

    def _give_back(self, reason):
        """Give versions in review back to their authors; only for methods that have checked who may."""
        for version in self:
            version._back_to_draft(reason)
            authors = version.author_id | version.submitter_id
            version._notify_users(authors, version._approval_words()["against"], reason)

    def _back_to_draft(self, reason):
        self._transition({"state": "draft", "return_reason": reason})
        self.approval_ids._reset(answered=False)
        self._acted()
