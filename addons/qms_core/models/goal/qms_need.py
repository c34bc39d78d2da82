from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What is decided by other people than those who write needs down.
DECISION = {"decision", "decision_reason", "passed_to"}
DECIDERS = ("qms_core.group_coordinator", "qms_core.group_commissioner", "qms_core.group_top_management")


class QmsNeed(models.Model):
    """A need or expectation that was heard, whose it is, how often it was named, and what is done about it."""

    _name = "qms.need"
    _description = "Need"
    _inherit = ["qms.need.line.mixin"]
    _order = "times_named desc, id"
    _check_company_auto = True

    name = fields.Char("Need", required=True)
    details = fields.Text()
    event_id = fields.Many2one(
        "qms.need.event",
        "Heard at",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('year_id', '=', year_id)]",
        help="Empty where it was not named at an event.",
    )
    party_id = fields.Many2one("qms.party", "Interested Party", index=True, check_company=True, ondelete="restrict")
    topic_id = fields.Many2one("qms.need.topic", index=True, check_company=True, ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Unit Concerned", index=True, check_company=True)
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True)
    process_id = fields.Many2one("qms.process", index="btree_not_null", check_company=True)
    requirement_id = fields.Many2one("qms.requirement", index="btree_not_null", check_company=True)
    times_named = fields.Integer("Named", required=True, default=1, help="How often it was named.")
    significance = fields.Selection(
        [("1", "Low"), ("2", "Medium"), ("3", "High")], required=True, default="2", index=True
    )
    decision = fields.Selection(
        [
            ("goal", "Becomes a goal"),
            ("action", "Becomes an action"),
            ("passed", "Passed on"),
            ("refused", "Refused"),
        ],
        index=True,
        copy=False,
        group_expand="_expand_decisions",
    )
    decision_reason = fields.Text("Reason", copy=False, help="Why it was decided so; needed for a refusal.")
    passed_to = fields.Char("Passed on to", copy=False)
    goal_ids = fields.One2many(
        "qms.goal", "origin_id", "Goals", domain=lambda self: [("origin_model", "=", self._name)], copy=False
    )

    _times_range = models.Constraint("CHECK (times_named > 0)", "A need was named at least once. Correct the number.")

    # === CONSTRAINTS === #

    @api.constrains("event_id", "year_id")
    def _check_event(self):
        for need in self:
            if need.event_id and need.event_id.year_id != need.year_id:
                raise ValidationError(
                    self.env._("“%s” was heard at an event of another year. Choose an event of its year.", need.name)
                )

    @api.constrains("event_id")
    def _check_event_took_place(self):
        for need in self:
            if need.event_id.state == "cancelled":
                raise ValidationError(self.env._("“%s” was cancelled, so no need was heard there.", need.event_id.name))

    @api.constrains("decision", "decision_reason", "passed_to")
    def _check_decision(self):
        for need in self:
            if need.decision == "refused" and not (need.decision_reason or "").strip():
                raise ValidationError(self.env._("Say why “%s” is refused: people will ask.", need.name))
            if need.decision == "passed" and not (need.passed_to or "").strip():
                raise ValidationError(self.env._("Say to whom “%s” is passed on.", need.name))

    # === COMPUTES === #

    def _expand_decisions(self, _decisions, _domain):
        return [decision for decision, _label in self._fields["decision"].selection]

    # === ONCHANGE === #

    @api.onchange("event_id")
    def _onchange_event_id(self):
        if self.event_id:
            self.year_id = self.event_id.year_id

    @api.onchange("service_id")
    def _onchange_service_id(self):
        if self.service_id and not self.process_id:
            self.process_id = self.service_id.process_id

    @api.onchange("process_id")
    def _onchange_process_id(self):
        if self.process_id and not self.department_id:
            self.department_id = self.process_id.department_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get(name) for vals in vals_list for name in DECISION):
            self._check_may_decide()
        return super().create(vals_list)

    def write(self, vals):
        if DECISION & set(vals):
            self._check_may_decide()
        return super().write(vals)

    # === BUSINESS METHODS === #

    @api.model
    def _check_may_decide(self):
        if not self.env.su and not any(self.env.user.has_group(group) for group in DECIDERS):
            raise AccessError(
                self.env._("The quality coordinator or the chief commissioner decides what is done about a need.")
            )

    def _to_carry_out(self):
        """Hook: return the needs of which something is to be made that is not there yet."""
        return self.filtered(lambda need: need.decision == "goal" and not need.goal_ids)

    def _carry_out(self):
        """Hook: make what was decided; here goals of the next year, as drafts that know their need."""
        goals = self.env["qms.goal"]
        needs = self.filtered(lambda need: need.decision == "goal")
        goals.create(
            [need._goal_vals(code) for need, code in zip(needs, needs._goal_codes(), strict=True)] if needs else []
        )

    def _goal_codes(self):
        """Return a free code for the goal of each need."""
        year = self.year_id.year + 1
        # sudo: codes of archived and unreadable goals are taken, too.
        goals = self.env["qms.goal"].sudo().with_context(active_test=False)
        own = [("company_id", "=", self.company_id.id), ("code", "=like", f"{year}-%")]
        taken = set(goals.search(own).mapped("code"))
        codes = (f"{year}-{number:02d}" for number in range(1, len(self) + len(taken) + 1))
        return [code for code in codes if code not in taken][: len(self)]

    def _goal_vals(self, code):
        self.ensure_one()
        process = self.process_id or self.service_id.process_id
        year = self.year_id.year + 1
        return {
            **self.env["qms.goal"]._origin_vals(self),
            "name": self.name,
            "code": code,
            "kind": "operational",
            "description": self.details,
            "company_id": self.company_id.id,
            "department_id": self.department_id.id or process.department_id.id,
            "owner_role_id": process.owner_role_id.id,
            "process_ids": [(6, 0, process.ids)],
            "date_start": date(year, 1, 1),
            "date_end": date(year, 12, 31),
        }

    def _seal_values(self):
        """Return what of the need is sealed with the report."""
        self.ensure_one()
        return {
            "name": self.name,
            "details": self.details or "",
            "party": self.party_id.code or "",
            "topic": self.topic_id.code or "",
            "named": self.times_named,
            "significance": self.significance,
            "decision": self.decision or "",
            "reason": self.decision_reason or "",
            "passed_to": self.passed_to or "",
        }
