from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class QmsRegisterPart(models.Model):
    """A stage of a design, or a prescription of an inspection: done by one person, approved by another.

    Stages follow one another: none is approved before those that stand before it.
    """

    _name = "qms.register.part"
    _description = "Part of a Register Entry"
    _inherit = ["qms.frozen.mixin", "qms.frozen.line.mixin", "qms.deadline.mixin"]
    _order = "entry_id, sequence, id"
    _check_company_auto = True
    _state_initial = "open"
    _frozen_states = ("checked", "approved")  # what was checked is approved as it was checked
    _frozen_parent = "entry_id"
    _duty_closed_states = ("checked", "approved")
    _by_method = frozenset({"checked_by_id", "date_checked", "approved_by_id", "date_approved", "return_reason"})
    _reason_methods = ("action_return",)

    sequence = fields.Integer(default=100)
    name = fields.Char(required=True)
    entry_id = fields.Many2one("qms.register.entry", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="entry_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="entry_id.department_id", store=True, index=True)
    kind = fields.Selection(related="entry_id.register_id.parts", string="Kind")
    state = fields.Selection(
        [("open", "Open"), ("checked", "Checked"), ("approved", "Approved")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
    )
    paragraph = fields.Char("Number", help="Number of the prescription in the report, or of the stage in the order.")
    result = fields.Text(help="What was done, and what the check has shown.", copy=False)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False)
    date_checked = fields.Date("Checked on", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_approved = fields.Date("Approved on", readonly=True, copy=False)
    return_reason = fields.Text("Reason for Return", readonly=True, copy=False)
    nonconformity_ids = fields.One2many(
        "qms.nonconformity",
        "origin_id",
        "Nonconformities",
        domain=lambda self: [("origin_model", "=", self._name)],
        copy=False,
    )
    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", domain=lambda self: [("origin_model", "=", self._name)], copy=False
    )

    # === CRUD === #

    def write(self, vals):
        if "entry_id" in vals and any(part.entry_id.id != vals["entry_id"] for part in self):
            raise UserError(self.env._("A stage or prescription stays with its entry. Enter it anew there."))
        return super().write(vals)

    def unlink(self):
        kept = self.filtered(lambda part: part.entry_id.state != "draft")
        if kept and not self.env.su:
            raise UserError(self.env._("“%s” is part of an entry in use, so it stays on record.", kept[0].name))
        return super().unlink()

    # === ACTIONS === #

    def action_check(self):
        """Note that parts were done and checked; who approves is called.

        :raises AccessError: for who neither answers for the part nor keeps the entry
        :raises UserError: without a result or evidence
        """
        for part in self:
            part._check_state("open")
            part._check_may_check()
            if not ((part.result or "").strip() or part.evidence or part.evidence_attachment_ids):
                raise UserError(self.env._("Write what “%s” has resulted in, or attach evidence.", part.name))
            today = part.company_id._qms_today()
            part._transition({"state": "checked", "checked_by_id": self.env.uid, "date_checked": today})
            part._acted()
            part._call_to_act(part._approvers(), today, part._approval_summary(), verb="sign")

    def action_approve(self):
        """Approve checked parts: by another person than who checked them, stage after stage.

        :raises AccessError: for who may not approve
        :raises UserError: while an earlier stage waits
        """
        for part in self:
            part._check_state("checked")
            part._check_may_approve()
            earlier = part.entry_id.part_ids.filtered(lambda row, part=part: row._stands_before(part))
            waiting = earlier.filtered(lambda row: row.state != "approved")
            if part.kind == "stage" and waiting:
                raise UserError(self.env._("The stage “%s” comes first. Approve it before this one.", waiting[0].name))
            today = part.company_id._qms_today()
            part._transition({"state": "approved", "approved_by_id": self.env.uid, "date_approved": today})
            part._acted()

    def action_return(self, reason=None):
        """Give checked parts back.

        :param str reason: why; without it a dialog asks
        """
        for part in self:
            part._check_state("checked")
            part._check_may_approve()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_return", self.env._("Why is it returned?"))
        vals = {"state": "open", "checked_by_id": False, "date_checked": False, "return_reason": reason}
        for part in self:
            part._transition(vals)
            part._acted()
            part._call_responsible()
        return True

    def action_raise_nonconformity(self):
        """Raise a nonconformity from this prescription.

        :return: the action that opens it
        """
        self.ensure_one()
        self.check_access("read")
        return self.entry_id._raise_nonconformity(self, self.name)

    def action_raise_action(self):
        """Plan an action by which this prescription is carried out, with its responsible person and deadline.

        :return: the action that opens it
        """
        self.ensure_one()
        self.check_access("write")
        actions = self.env["qms.action"]
        action = actions.create(
            {
                **actions._origin_vals(self),
                "name": self.name,
                "kind": "corrective",
                "company_id": self.company_id.id,
                "department_id": self.department_id.id,
                "process_id": self.entry_id.process_ids[:1].id,
                "responsible_id": self.responsible_id.id,
                "date_deadline": self.date_deadline,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": action._name,
            "res_id": action.id,
            "views": [(False, "form")],
        }

    # === ACCESS === #

    def _frozen_message(self):
        if any(part.state == "checked" for part in self.sudo()):  # sudo: the state must not depend on who asks
            return self.env._(
                "It is being decided on, so it stays as it was submitted. If it has to change, whoever decides "
                "sends it back first."
            )
        return super()._frozen_message()

    def _check_may_check(self):
        if not self.is_mine:
            self.entry_id._check_may_keep()

    def _check_may_approve(self):
        user = self.env.user
        if not any(user.has_group(f"qms_core.group_{name}") for name in ("commissioner", "top_management")):
            self.entry_id._check_may_keep()
        if self.checked_by_id == user:
            raise AccessError(self.env._("You checked “%s”, so another person approves it.", self.name))

    # === BUSINESS METHODS === #

    def _stands_before(self, part):
        return (self.sequence, self.id) < (part.sequence, part.id)

    def _approvers(self):
        """Return who is called to approve: head and officers of the unit, or the coordinators where that is nobody
        else than who checked it (``res.users``)."""
        self.ensure_one()
        unit = self.sudo().department_id  # sudo: staff records, whoever calls
        users = unit.qms_officer_ids.user_id | unit._head().sudo().user_id
        return (users - self.checked_by_id or self._users_of("qms_core.group_coordinator", self.company_id)).with_env(
            self.env
        )

    def _approval_summary(self):
        return self.env._("Approve what was checked")

    def _duty_summary(self):
        return self.env._("Carry out the prescription") if self.kind == "prescription" else self.env._("Do the stage")
