from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.base.models.res_users import check_identity


class QmsDocumentVersion(models.Model):
    """The way of a version through its approval route, and by an act."""

    _inherit = "qms.document.version"

    # === ACTIONS === #

    def action_approve(self, comment=None):
        """Approve the version in the user's own name, after he has proved once more who he is.

        The system asks for the password or the passkey before each single approval. Code that runs without a
        browser (tests, the demo city) calls ``_approve`` in the name of the approver.

        :param str comment: kept with the approval
        :return: the dialog that asks, or True
        :raises AccessError: for who is not asked, for the author, for who no longer works here
        """
        self.ensure_one()
        self._check_state("review")
        self.approval_ids._asked_of_user(self)
        if request:
            # Odoo remembers ten minutes that somebody was asked; an approval is asked for anew.
            request.session["identity-check-last"] = 0
        return self._approve_as_myself(comment)

    @check_identity
    def _approve_as_myself(self, comment=None):
        request.session["identity-check-last"] = 0
        self._approve(comment)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_approve_by_act(self):
        """Record that the act approved the versions: the route's visas are given and the act is entered.

        :raises AccessError: for who does not decide, the author above all
        :raises UserError: naming what is missing
        """
        for version in self:
            version._check_state("review")
            version._check_may_decide()
            if not version.by_act:
                raise UserError(self.env._("%s is approved by its route, not by an act.", version.display_name))
            version._check_visas()
            version._check_act()
            version._finish()

    def action_return(self, reason=None):
        """Give a version in review back to its author, for changes.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("What has to be changed?"))
        for version in self:
            version._check_state("review")
            version._return(reason)
        return True

    def action_withdraw(self, reason=None):
        """End a version without one that replaces it.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_withdraw", self.env._("Why is it withdrawn?"))
        for version in self:
            version._check_state("approved", "effective")
            version._check_may_withdraw()
            version._withdraw(reason)
        return True

    # === BUSINESS METHODS === #

    def _approval_words(self):
        return {
            "summary": self.env._("Enter the act that approves the document"),
            "against": self.env._("Your document was returned to you"),
            "not_yours": self.env._(
                "That an act approved a document is recorded by the chief quality commissioner or top management."
            ),
            "own": self.env._("You wrote or submitted this version, so another person has to approve it."),
        }

    def _set_route(self):
        """Give drafts the route of the version in force, else that of the document's type."""

    def _approve(self, comment=None):
        """Give the user's approval; with the last one the version is approved.

        Only after his identity was checked: ``action_approve`` does that.

        :param str comment: kept with the approval
        """
        for version in self:
            version._check_state("review")
            lines = version.approval_ids._asked_of_user(version)
            lines._decide("approved", comment)
            if not version.by_act:
                version._finish()

    def _finish(self):
        """Approve the version for good; it comes into force if its day has come."""
        self.ensure_one()
        today = self.company_id._qms_today()
        self._transition(
            {
                "state": "approved",
                "approver_id": self.env.uid,
                "date_approved": today,
                "date_effective": self.date_effective or today,
            }
        )
        self._acted()
        if self.date_effective <= today:
            self._make_effective()

    def _return(self, reason):
        self._transition({"state": "draft", "return_reason": reason})
        self._acted()

    def _withdraw(self, reason):
        document = self.document_id
        self._transition(
            {"state": "withdrawn", "withdraw_reason": reason, "date_withdrawn": self.company_id._qms_today()}
        )
        if document.version_id == self:
            document._put_in_force(self.browse())

    def _check_visas(self):
        """Raise a UserError unless everybody of the route has approved."""

    def _check_may_withdraw(self):
        if not any(self.env.user.has_group(group) for group in self._decider_groups):
            raise AccessError(
                self.env._("Documents are withdrawn by the chief quality commissioner or top management.")
            )

    def _seal_content(self):
        self.ensure_one()
        return {"code": self.document_code or "", "number": self.number, "lang": self.lang, "body": self.body or ""}
