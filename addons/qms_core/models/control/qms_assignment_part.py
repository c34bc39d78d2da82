from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain


class QmsAssignmentPart(models.Model):
    """What a co-executor contributes to an assignment, by a day of his own."""

    _name = "qms.assignment.part"
    _description = "Part of an Assignment"
    _inherit = ["qms.frozen.mixin", "qms.controlled.mixin"]
    _order = "assignment_id, date_deadline, id"
    _check_company_auto = True
    _frozen_states = ("done", "cancelled")
    _by_method = frozenset({"result", "date_done", "done_by_id"})
    _duty_closed_states = ("draft", "done", "cancelled")
    _reason_methods = ("action_done", "action_cancel")

    assignment_id = fields.Many2one(
        "qms.assignment", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="assignment_id.company_id", store=True, index=True)
    name = fields.Char("Part", required=True)
    state = fields.Selection(
        [("draft", "Being prepared"), ("open", "Under way"), ("done", "Done"), ("cancelled", "Not needed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    responsible_id = fields.Many2one(string="Co-executor")
    result = fields.Text(readonly=True, copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    may_do = fields.Boolean(compute="_compute_may_do")

    # === CONSTRAINTS === #

    @api.constrains("responsible_id", "date_deadline", "state")
    def _check_complete(self):
        for part in self:
            if not part.responsible_id or not part.date_deadline:
                raise ValidationError(self.env._("“%s” needs a co-executor and a term.", part.name))
            term = part.assignment_id.date_deadline
            if term and part.state in ("draft", "open") and part.date_deadline > term:
                raise ValidationError(
                    self.env._(
                        "The part of %(person)s is due on %(day)s, after the whole assignment. Give it a day up to "
                        "%(term)s.",
                        person=part.responsible_id.name,
                        day=fields.Date.to_string(part.date_deadline),
                        term=fields.Date.to_string(term),
                    )
                )

    # === COMPUTES === #

    @api.depends("name", "assignment_id.number")
    def _compute_display_name(self):
        for part in self:
            # sudo: who answers for a part may not read the whole assignment, only which it belongs to.
            part.display_name = f"{part.assignment_id.sudo().number or ''} {part.name or ''}".strip()

    @api.depends("state", "responsible_id")
    @api.depends_context("uid")
    def _compute_may_do(self):
        people = self.env["qms.assignment"]._reporting_people()
        for part in self:
            part.may_do = part.state == "open" and part.responsible_id in people

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        for whole in parts.assignment_id:
            if whole.state not in ("draft", "control"):
                raise UserError(
                    self.env._(
                        "%s is reported or finished, so no co-executor joins it any more. Return the report first, or "
                        "give a new assignment.",
                        whole.number,
                    )
                )
        # A co-executor who joins an assignment that is on control already starts at once.
        joining = parts.filtered(lambda part: part.assignment_id.state == "control")
        if joining:
            joining.assignment_id._check_executors()
            joining._transition({"state": "open"})
            joining._call_responsible()
        return parts

    def write(self, vals):
        for part in self:
            renamed = part.state != "draft" and vals.get("name", part.name) != part.name
            if renamed or vals.get("assignment_id", part.assignment_id.id) != part.assignment_id.id:
                raise UserError(
                    self.env._(
                        "“%s” stays part of its assignment and, once under way, what it is. Cancel it and add another "
                        "part.",
                        part.name,
                    )
                )
        return super().write(vals)

    def unlink(self):
        if any(part.state != "draft" for part in self):
            raise UserError(self.env._("What was once on control is not deleted. Cancel it with the reason instead."))
        return super().unlink()

    # === ACTIONS === #

    def action_done(self, result=None):
        """Report the part as done: by the co-executor or who stands in for him.

        :param str result: what was done; without it a dialog asks
        """
        for part in self:
            part._check_state("open")
            if not part.may_do:
                raise AccessError(
                    self.env._("%s reports on this part, or who stands in for him.", part.responsible_id.name)
                )
        if not result:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_done", self.env._("What did you do, and by what does one see it?")
            )
        for part in self:
            part._transition(
                {
                    "state": "done",
                    "result": result,
                    "date_done": part.company_id._qms_today(),
                    "done_by_id": self.env.uid,
                }
            )
            part._acted()
            whole = part.assignment_id
            self._notify_users(
                whole.sudo().responsible_user_id,  # sudo: a co-executor tells the executor
                self.env._("%(person)s has done a part of %(number)s", person=self.env.user.name, number=whole.number),
                result,
            )
        return True

    def action_cancel(self, reason=None):
        """Cancel a part that is not needed any more; by execution control.

        :param str reason: why; without it a dialog asks
        """
        self.env["qms.act"]._check_control_role()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is it not needed?"))
        for part in self:
            part._check_state("draft", "open")
            part._transition({"state": "cancelled", "result": reason})
            part._acted()
        return True

    # === BUSINESS METHODS === #

    @api.model
    def _day_buttons(self, verb):
        report = [("action_done", self.env._("Report as done"))] if verb == "do" else []
        return report + super()._day_buttons(verb)

    def _duty_summary(self):
        return self.env._("Do your part of the assignment")

    @api.model
    def _duty_open_domain(self):
        return super()._duty_open_domain() & Domain("assignment_id.active", "=", True)

    def _term_setters(self):
        return self.assignment_id._term_setters()

    def _check_may_postpone(self):
        for part in self:
            part.assignment_id._check_sets_term(part.responsible_id | part.assignment_id.responsible_id)

    def _copy_vals(self, shift, latest, executor):
        """Return the values of the same part in another occurrence; nothing if nobody is there to do it.

        :param datetime.timedelta shift: how much later than this one the other occurrence is due
        :param datetime.date latest: the term of the other occurrence
        :param executor: who carries the other occurrence out (``hr.employee``)
        """
        self.ensure_one()
        person = self.responsible_id._who_carries_on(self.company_id._qms_today()) or executor
        # A postponement moves one term, not the rhythm.
        day = min(self._deadline_first_set() + shift, latest)
        return {"name": self.name, "responsible_id": person.id, "date_deadline": day} if person else {}
