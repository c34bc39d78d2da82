from odoo import api, fields, models
from odoo.exceptions import AccessError


class QmsApprovalMixin(models.AbstractModel):
    """A record that one person makes and another puts in force: draft, in review, approved, superseded.

    A concrete model has a ``state`` with these values. It says by class attributes who decides and who is called
    to, and by hooks what a complete record is, what ends when it is approved, and the words for it.
    """

    _name = "qms.approval.mixin"
    _description = "Record that another person approves"
    _inherit = ["qms.frozen.mixin", "qms.activity.mixin"]

    # Whoever of these is not the author decides. All are called unless fewer are named.
    _decider_groups = ("qms_core.group_commissioner", "qms_core.group_top_management")
    _called_groups = _decider_groups
    # Whether what is in review stays as it was submitted; else who decides could approve what he wrote meanwhile.
    _review_frozen = False

    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, copy=False, default=lambda self: self.env.user
    )
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_approved = fields.Date("In Force since", readonly=True, copy=False)

    # === ACTIONS === #

    def action_submit(self):
        """Put drafts before who decides.

        :raises UserError: naming what is missing
        """
        for record in self:
            record.check_access("write")
            record._check_state("draft")
            record._check_complete()
            record._transition({"state": "review", **record._submitted_vals()})
            today = record.company_id._qms_today()
            record._call_to_act(record._approvers(), today, lambda record: record._approval_words()["summary"])

    def action_approve(self):
        """Put records in force; what they replace is superseded.

        :raises AccessError: for who may not approve, the author above all
        :raises UserError: for what is not in review, or lacks something
        """
        for record in self:
            record._check_state("review")
            record._check_may_decide()
            record._replace_former()
            record._transition(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "date_approved": record.company_id._qms_today(),
                    **record._approved_vals(),
                }
            )
            record._take_effect()
            record._acted()

    def _decide_against(self, vals, reason):
        """Take records out of review; their authors are told why.

        :param dict vals: the new state, and where the reason is kept
        :param str reason: why
        """
        for record in self:
            record._check_state("review")
            record._check_may_decide()
            record._transition(vals)
            record._acted()
            record._notify_users(record.author_id, record._approval_words()["against"], reason)

    # === ACCESS === #

    def _in_review(self):
        return self.filtered(lambda record: record._review_frozen and record.state == "review")

    def _frozen(self):
        # sudo: as in super
        return super()._frozen() | self.sudo()._in_review()

    def _frozen_message(self):
        if self.sudo()._in_review():  # sudo: as in _frozen
            return self.env._(
                "It is being decided on, so it stays as it was submitted. If it has to change, whoever decides "
                "sends it back first."
            )
        return super()._frozen_message()

    # Only what is decided is sealed: what is in review may still go back.

    def _seal(self):
        return super(QmsApprovalMixin, self - self._in_review())._seal()

    def _verify(self):
        return super(QmsApprovalMixin, self - self._in_review())._verify()

    # === BUSINESS METHODS === #

    @api.model
    def _born_vals(self):
        return {**super()._born_vals(), "author_id": self.env.uid}

    def _day_verb(self, user):
        return "sign"

    def _approvers(self):
        """Return the users who are called to decide (``res.users``)."""
        self.ensure_one()
        users = self.env["res.users"]
        for group in self._called_groups:
            users |= self._users_of(group, self.company_id)
        return users - self.author_id

    def _check_may_decide(self):
        """Raise an AccessError unless the user decides on the record: somebody else than its author."""
        self.ensure_one()
        if not any(self.env.user.has_group(group) for group in self._decider_groups):
            raise AccessError(self._approval_words()["not_yours"])
        if self.author_id == self.env.user:
            raise AccessError(self._approval_words()["own"])

    def _approval_words(self):
        """Hook: return the sentences about this kind of record, in the user's language.

        :return: dict with ``summary`` (what is asked of who decides), ``against`` (subject for the author),
            ``not_yours`` and ``own`` (why somebody may not decide)
        :rtype: dict[str, str]
        """
        raise NotImplementedError(f"{self._name} is approved and must say what people are told.")

    def _check_complete(self):
        """Hook: raise a UserError that names what a draft lacks."""

    def _submitted_vals(self):
        """Hook: return what else changes when a draft is submitted."""
        return {}

    def _replace_former(self):
        """Hook: check what approval needs, and end what the record replaces."""

    def _approved_vals(self):
        """Hook: return what else changes when the record is approved."""
        return {}

    def _take_effect(self):
        """Hook: do what follows from the approval."""
