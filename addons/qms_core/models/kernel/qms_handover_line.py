from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Lines are made by `_list` only: the identity of an object can't come over RPC.
_LISTING = object()
# What a line is about: whoever could choose it would read and give away any record.
ITEM = frozenset({"handover_id", "kind", "res_model", "res_id"})


class QmsHandoverLine(models.Model):
    """One thing that changes hands."""

    _name = "qms.handover.line"
    _description = "Duty to Hand over"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "handover_id, kind, id"
    _check_company_auto = True
    _frozen_parent = "handover_id"

    handover_id = fields.Many2one("qms.handover", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="handover_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("duty", "Duty"),
            ("activity", "Activity"),
            ("role", "Role"),
            ("officer", "Quality officer"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(required=True, readonly=True)
    # No Many2oneReference: reading one fails once the addon of its model is uninstalled.
    res_id = fields.Integer("Record", required=True, readonly=True)
    # Not stored: a protocol must not tell what confidential records don't.
    label = fields.Char("What", compute="_compute_label")
    date_deadline = fields.Date("Deadline", compute="_compute_label")
    may_open = fields.Boolean(compute="_compute_label")
    successor_id = fields.Many2one(
        "hr.employee", "To", check_company=True, ondelete="restrict", help="Only where it differs from the one above."
    )

    # === COMPUTES === #

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "lang")
    def _compute_label(self):
        for line in self:
            record = line._record()
            line.may_open = bool(record) and line._shown(record).sudo(False).has_access("read")
            if not record:
                line.label, line.date_deadline = self.env._("Not visible to you, or deleted"), False
                continue
            line.label = line._label_of(record)
            line.date_deadline = record.date_deadline if "date_deadline" in record._fields else False

    @api.model
    def _label_of(self, record):
        if record._name == "mail.activity":
            return f"{record.summary or record.activity_type_id.name}: {record.res_name or ''}"
        if record._name == "qms.role.holder":
            return record.role_id.name
        return record.display_name

    @api.model
    def _shown(self, record):
        """Return the record that opens: that of an activity, the role of a holder."""
        if record._name == "mail.activity":
            return self.env[record.res_model].browse(record.res_id)
        return record.role_id if record._name == "qms.role.holder" else record

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("qms_listing") is not _LISTING:
            raise AccessError(self._not_by_hand())
        return super().create(vals_list)

    def write(self, vals):
        if ITEM & set(vals):
            raise AccessError(self._not_by_hand())
        return super().write(vals)

    @api.model
    def _not_by_hand(self):
        return self.env._("What is handed over is listed by the system. Use the button “List the duties”.")

    # === ACTIONS === #

    def action_open(self):
        """Open the record that changes hands.

        :return: a window action, or False where it is not for the user
        """
        self.ensure_one()
        record = self.may_open and self._shown(self._record())
        return bool(record) and {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _list(self, handover, items):
        """Put items on the list of a hand-over.

        :param handover: ``qms.handover``
        :param list items: tuples ``(kind, model, id)``, as ``hr.employee._open_items`` returns them
        """
        self.with_context(qms_listing=_LISTING).create(
            [
                {"handover_id": handover.id, "kind": kind, "res_model": model, "res_id": res_id}
                for kind, model, res_id in items
            ]
        )

    def _item(self):
        self.ensure_one()
        return self.kind, self.res_model, self.res_id

    def _record(self):
        """Return the record with the rights of the hand-over, or None where it is gone or confidential."""
        self.ensure_one()
        if self.res_model not in self.env:
            return None
        people = self.env["hr.employee"]
        record = people._as_hander(self.env[self.res_model]).browse(self.res_id).exists()
        if record and record._name == "mail.activity" and not self.handover_id.employee_id._hands_over_activity(record):
            return None
        hidden = hasattr(record, "_hidden_names") and record._hidden_names()
        return record if record and not hidden else None

    def _successor(self):
        return self.successor_id or self.handover_id.successor_id

    def _needs_successor(self):
        # A role may simply end; a duty without anybody would be forgotten.
        return self.kind in ("duty", "activity")

    def _check_successor(self, items):
        """Raise a UserError where the successor can't take it over, or nobody any more.

        :param set items: what the person has in hand now, as ``hr.employee._open_items`` returns it
        """
        successor = self._successor()
        if successor == self.handover_id.employee_id:
            raise UserError(self.env._("The successor has to be another person: %s", self.label))
        if self._record() is None or self._item() not in items:
            raise UserError(
                self.env._(
                    "One of the duties is done or with somebody else by now, was deleted, or you may not see it any "
                    "more. List the duties again."
                )
            )
        if self.kind == "activity" and not successor.user_id:
            raise UserError(
                self.env._(
                    "%(person)s has no login and can't take over the activity “%(label)s”. Choose somebody else.",
                    person=successor.name,
                    label=self.label,
                )
            )

    def _hand_over(self):
        """Give it to the successor."""
        self.ensure_one()
        getattr(self, f"_hand_over_{self.kind}")(self._record().sudo(self.env.su), self._successor())

    def _hand_over_duty(self, record, successor):
        record._hand_over(successor, self._reason_text(successor))

    def _hand_over_activity(self, activity, successor):
        # sudo: the gate is the hand-over's; its user need not be able to edit the activity's record.
        activity.sudo().with_context(mail_activity_quick_update=True).user_id = successor.user_id

    def _hand_over_role(self, row, successor):
        row._hand_over(successor, self.handover_id.last_day, self.handover_id.display_name)

    def _hand_over_officer(self, unit, successor):
        # sudo: the coordinator hands over without being able to edit units.
        officers = unit.sudo()
        officers.qms_officer_ids -= self.handover_id.employee_id
        officers.qms_officer_ids |= successor

    def _reason_text(self, successor):
        return self.env._(
            "Handed over from %(old)s to %(new)s (%(handover)s).",
            old=self.handover_id.employee_id.name,
            new=successor.name,
            handover=self.handover_id.number,
        )
