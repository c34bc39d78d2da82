from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MAY_HAND_OVER = ("group_hr", "group_coordinator", "group_commissioner")
# Days in which a hand-over that the night found is to be done.
CALL_DAYS = 3


class QmsHandover(models.Model):
    """Hand-over of a person's duties: when he leaves, moves, or is replaced.

    It stays as the protocol of what went to whom. Confidential records are neither listed for who may not read
    them nor handed over by him.
    """

    _name = "qms.handover"
    _description = "Hand-over of Duties"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "employee_id"]
    _frozen_states = ("done", "cancelled")
    _by_method = frozenset({"date_done", "done_by_id"})
    _number_prefix = "HO"
    _number_groups = ("qms_core.group_hr",)

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    employee_id = fields.Many2one(
        "hr.employee", "From", required=True, index=True, check_company=True, ondelete="restrict", tracking=True
    )
    reason = fields.Selection(
        [("leaving", "Leaving"), ("move", "Move to another position"), ("replacement", "Replacement")],
        "Occasion",
        required=True,
        default="replacement",
        tracking=True,
    )
    last_day = fields.Date(
        required=True,
        default=lambda self: self.env.company._qms_today(),
        help="Roles by hand end on this day; those who take them over hold them from the next day on.",
    )
    successor_id = fields.Many2one(
        "hr.employee",
        "To",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Who takes over what has no successor of its own below.",
    )
    line_ids = fields.One2many("qms.handover.line", "handover_id", "Duties")
    line_count = fields.Integer("Duties to Hand over", compute="_compute_line_count")
    note = fields.Text()
    state = fields.Selection(
        [("draft", "Being prepared"), ("done", "Handed over"), ("cancelled", "Not needed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    date_done = fields.Date("Handed over on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Handed over by", readonly=True, copy=False)

    _one_draft = models.UniqueIndex(
        "(employee_id) WHERE state = 'draft'", "A hand-over of this person is being prepared already. Use that one."
    )

    # === COMPUTES === #

    @api.depends("number", "employee_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.number or ''} {record.employee_id.name or ''}".strip()

    @api.depends("line_ids")
    def _compute_line_count(self):
        for record in self:
            record.line_count = len(record.line_ids)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record.successor_id = record.successor_id or record.employee_id._substitute()
            if not self.env.su:  # what the night prepares is listed by who opens it, with his rights
                record._collect()
        return records

    def write(self, vals):
        moved = self.filtered(lambda record: "employee_id" in vals and record.employee_id.id != vals["employee_id"])
        result = super().write(vals)
        for record in moved:
            # The list was another person's.
            record.line_ids.unlink()
            if not self.env.su:  # as in create
                record._collect()
        return result

    def unlink(self):
        # Lines restrict the deletion of a protocol; those of a draft go with it.
        self.filtered(lambda record: record.state == "draft").line_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_collect(self):
        """List all open duties of the person that the user may see; successors already chosen are kept."""
        for record in self:
            record._check_state("draft")
            record._check_may()
            record._collect()

    def action_hand_over(self):
        """Give every listed duty to its successor, through each record's own method.

        :raises UserError: naming duties without a successor
        """
        for record in self:
            record._check_state("draft")
            record._check_may()
            record._check_successors()
            for line in record.line_ids:
                line._hand_over()
            record._tell_successors()
            record._acted()
            record._transition(
                {"state": "done", "date_done": record.company_id._qms_today(), "done_by_id": self.env.uid}
            )

    def action_cancel(self):
        """Close a hand-over that is not needed; nothing changes hands."""
        for record in self:
            record._check_state("draft")
            record._check_may()
            record._acted()
            record._end_roles_of_leaver()
            record._transition({"state": "cancelled"})

    # === BUSINESS METHODS === #

    def _check_may(self):
        self.check_access("write")
        user = self.env.user
        if not (self.env.su or any(user.has_group(f"qms_core.{group}") for group in MAY_HAND_OVER)):
            raise AccessError(
                self.env._("Duties are handed over by human resources, the quality coordinator or the commissioner.")
            )

    def _collect(self):
        self.ensure_one()
        items = self.employee_id._open_items(self.last_day)
        old = {line._item(): line for line in self.line_ids}
        for item in set(old) - set(items):
            old[item].unlink()
        self.env["qms.handover.line"]._list(self, [item for item in items if item not in old])

    def _check_successors(self):
        without = self.line_ids.filtered(lambda line: line._needs_successor() and not line._successor())
        if without:
            raise UserError(
                self.env._(
                    "These duties have no successor yet. Choose one for each, or one for all at “To”:\n%s",
                    "\n".join(without.mapped("label")),
                )
            )
        items = set(self.employee_id._open_items(self.last_day))
        for line in self.line_ids:
            line._check_successor(items)

    def _tell_successors(self):
        for successor in self.env["hr.employee"].union(*(line._successor() for line in self.line_ids)):
            mine = self.line_ids.filtered(lambda line, successor=successor: line._successor() == successor)
            if successor.user_id:
                self._notify_users(
                    successor.user_id,
                    self.env._("You take over duties of %s", self.employee_id.name),
                    "\n".join(mine.mapped("label")),
                )

    def _end_roles_of_leaver(self):
        """Who left holds no role any more, whether somebody takes it over or not."""
        rows = self.env["qms.role.holder"].search(
            [("employee_id", "=", self.employee_id.id), ("employee_id.active", "=", False)]
        )
        rows._end(self.last_day)

    @api.model
    def _open_for(self, employee):
        """Return the action that opens the hand-over of a person, prepared and filled."""
        record = self.search([("employee_id", "=", employee.id), ("state", "=", "draft")], limit=1)
        if not record:
            record = self.create(
                {
                    "employee_id": employee.id,
                    "company_id": employee.company_id.id,
                    "reason": "replacement" if employee.active else "leaving",
                }
            )
        record.action_collect()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # === CRONS === #

    @api.model
    def _call_for(self, company):
        """Prepare hand-overs for people who left or moved and still have duties, and call human resources.

        Found by the staff rows that ended, as a move takes effect without any write on the employee.
        """
        today = company._qms_today()
        ended = self.env["qms.role.holder"].search(
            [
                ("company_id", "=", company.id),
                ("source", "=", "staff"),
                ("date_to", "<", today),
                ("end_noticed", "=", False),
            ]
        )
        open_or_cancelled = self.search([("company_id", "=", company.id), ("state", "!=", "done")])
        waiting = open_or_cancelled.filtered(lambda record: record.state == "draft").employee_id
        # Who left is found each night anew, so a decision that nothing is to be handed over holds for good.
        gone = self.env["hr.employee"]._gone_with_duties(company) - open_or_cancelled.employee_id
        for employee in (ended.employee_id | gone) - waiting:
            if employee._open_items(today):
                self._prepare(employee, company)
        ended.end_noticed = True

    @api.model
    def _prepare(self, employee, company):
        record = self.create(
            {
                "employee_id": employee.id,
                "company_id": company.id,
                "reason": "move" if employee.active else "leaving",
                "last_day": company._qms_today() if employee.active else employee._last_day(),
            }
        )
        users = self._users_of("qms_core.group_hr", company) or self._users_of("qms_core.group_coordinator", company)
        deadline = fields.Date.add(company._qms_today(), days=CALL_DAYS)
        record._call_to_act(users, deadline, lambda record: record._call_summary())

    def _call_summary(self):
        return self.env._("Hand over the duties of %s", self.employee_id.name)
