from odoo import models
from odoo.exceptions import AccessError, UserError


class FeedbackAppeal(models.Model):
    """The answer: one person writes it, another approves it, and then the author reads it."""

    _inherit = "feedback.appeal"

    # === ACCESS === #

    def _may_answer(self):
        """Tell whether the user answers: the responsible person, who stands in for him, or the head of the unit."""
        self.ensure_one()
        unit = self.department_id.sudo()  # sudo: who leads a unit is staff data
        return (self.is_mine or unit.qms_headed_by_me) and not self._is_subject(self.env.user)

    def _check_may_answer(self):
        if not self._may_answer():
            raise AccessError(
                self.env._(
                    "%s is answered by who it is assigned to, who stands in for him, or the head of that unit; never "
                    "by whom it is about.",
                    self.display_name,
                )
            )

    def _may_approve(self):
        """Tell whether the user approves the answer: a manager, a head above or the top management, not its author."""
        self.ensure_one()
        user = self.env.user
        if user == self.answer_author_id or self._is_subject(user):
            return False
        above = self.department_id.sudo().parent_id.qms_below_me  # sudo: as in _may_answer
        return self._is_manager() or above or user.has_group("qms_core.group_top_management")

    def _check_may_approve(self):
        if not self._may_approve():
            raise AccessError(
                self.env._(
                    "The answer to %s is approved by a feedback manager, a head above the unit or the top management; "
                    "never by who wrote it or whom it is about.",
                    self.display_name,
                )
            )

    # === ACTIONS === #

    def action_submit_answer(self):
        """Put the answers before another person.

        :raises UserError: where nothing is written yet
        """
        for appeal in self:
            appeal._check_state("assigned")
            appeal._check_may_answer()
            if not (appeal.answer or "").strip():
                raise UserError(self.env._("Write the answer to %s first.", appeal.display_name))
            appeal._transition({"state": "approval", "answer_author_id": self.env.uid, "return_reason": False})
            appeal._call_managers(lambda record: record.env._("Approve the answer to the appeal"))

    def action_approve(self):
        """Let the answers go out: the authors read them with their receipts."""
        for appeal in self:
            appeal._check_state("approval")
            appeal._check_may_approve()
            appeal._transition(
                {
                    "state": "answered",
                    "approver_id": self.env.uid,
                    "date_answered": appeal.company_id._qms_today(),
                }
            )
            appeal._acted()
            appeal._tell_author(appeal.answer, appeal.sudo().answer_attachment_ids)  # sudo: files of another person

    def action_return(self, reason=None):
        """Give answers back to who wrote them.

        :param str reason: what is missing; without it a dialog asks
        """
        for appeal in self:
            appeal._check_state("approval")
            appeal._check_may_approve()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_return", self.env._("What is to be changed in the answer?")
            )
        for appeal in self:
            appeal._acted()
            appeal._transition({"state": "assigned", "return_reason": reason})
            appeal._call_responsible()
        return True

    def action_write_author(self, text=None):
        """Write to the author: a question, an interim answer.

        :param str text: what he reads; without it a dialog asks
        """
        for appeal in self:
            appeal.check_access("read")
            if not (appeal._is_office() or appeal._may_answer()):
                raise AccessError(self.env._("Only the office or who answers the appeal writes to its author."))
        if not text:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_write_author", self.env._("What do you write to the author?")
            )
        for appeal in self:
            appeal._tell_author(text)
        return True

    def action_issue_receipt(self):
        """Give the author of an appeal on paper, by phone or at a visit the code by which he follows it.

        A code that he has already is void from then on, so only who decides draws another one.

        :return: the action of a dialog that shows the code, once
        """
        self.ensure_one()
        self._check_is_office()
        self._check_impartial()
        appeal = self.sudo()  # sudo: the digest of a receipt is for nobody's eyes
        if appeal.receipt_hash:
            self._check_is_manager()
        code = appeal._issue_receipt()
        # The office could read with it in the author's place: that it was drawn, and by whom, stays on record.
        appeal._message_log(
            body=self.env._("A receipt code was drawn for the author."), author_id=self.env.user.partner_id.id
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt for the Author"),
            "res_model": "feedback.appeal.receipt",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_number": self.number,
                "default_code": code,
                "default_url": f"{self.env['feedback.channel']._base_url(self.company_id)}/appeals/follow",
            },
        }
