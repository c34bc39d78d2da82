from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

RESULTS = [("fit", "Fit"), ("remarks", "Fit, with remarks"), ("unfit", "Not fit")]
GOOD = ("fit", "remarks")


class QmsRegisterEntry(models.Model):
    """An entry of a register: somebody answers for it and reviews it in time.

    Its duty is the next review, whose day follows from the last one. Only an entry in use, with evidence, reviewed in
    time and found fit, counts as an answer to a requirement.
    """

    _name = "qms.register.entry"
    _description = "Register Entry"
    _inherit = ["qms.number.mixin", "qms.frozen.mixin", "qms.deadline.mixin"]
    _order = "register_id, date_deadline, id"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]
    _frozen_states = ("closed",)
    _duty_closed_states = ("draft", "closed")
    _deadline_by_method = False
    _number_prefix = "REG"
    _by_method = frozenset({"date_deadline", "date_reviewed", "last_result", "last_score", "close_reason"})
    _reason_methods = ("action_close",)

    name = fields.Char(required=True, tracking=True)
    register_id = fields.Many2one("qms.register", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="register_id.company_id", store=True, index=True)
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        default=lambda self: self.env.user.employee_id.department_id,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("current", "In use"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    properties = fields.Properties("Fields", definition="register_id.entry_properties_definition", copy=True)
    note = fields.Text()
    date_valid_to = fields.Date("Valid until", tracking=True, help="A certificate, a contract, a term that ends.")
    requirement_ids = fields.Many2many(
        "qms.requirement",
        "qms_register_entry_requirement_rel",
        string="Requirements",
        check_company=True,
        compute="_compute_links",
        store=True,
        readonly=False,
        help="What it is evidence of; at first what the register answers.",
    )
    process_ids = fields.Many2many(
        "qms.process",
        "qms_register_entry_process_rel",
        string="Processes",
        check_company=True,
        compute="_compute_links",
        store=True,
        readonly=False,
    )
    review_ids = fields.One2many("qms.register.review", "entry_id", "Reviews", readonly=True, copy=False)
    part_ids = fields.One2many("qms.register.part", "entry_id", "Parts", copy=False)
    parts = fields.Selection(related="register_id.parts", string="Kind of Parts")
    date_reviewed = fields.Date("Reviewed on", readonly=True, copy=False)
    last_result = fields.Selection(RESULTS, "Result", readonly=True, copy=False)
    last_score = fields.Integer("Score", readonly=True, copy=False, aggregator="avg")
    close_reason = fields.Text("Reason for Closing", readonly=True, copy=False)
    is_current = fields.Boolean(
        "Counts as Evidence",
        compute="_compute_is_current",
        search="_search_is_current",
        help="In use, with evidence, reviewed in time, found fit and still valid.",
    )
    nonconformity_ids = fields.One2many(
        "qms.nonconformity",
        "origin_id",
        "Nonconformities",
        domain=lambda self: [("origin_model", "=", self._name)],
        copy=False,
    )

    # === CONSTRAINTS === #

    @api.constrains("properties", "register_id")
    def _check_needs(self):
        """What the law forbids to stand alone: a paper passed on without consent, a disclosure nobody was told of."""
        for entry in self.filtered("register_id.kind"):
            shipped = entry.register_id._shipped().get(entry.register_id.kind)
            values = dict(entry.properties or {})
            for need in shipped.needs if shipped else ():
                if values.get(need.given) and not values.get(need.needed):
                    raise ValidationError(f"{entry.name}: {self.env._(need.message)}")

    # === COMPUTES === #

    @api.depends("number", "name")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.number or ''} {entry.name or ''}".strip()

    @api.depends("register_id")
    def _compute_links(self):
        for entry in self:
            entry.requirement_ids = entry.requirement_ids or entry.register_id.requirement_ids
            entry.process_ids = entry.process_ids or entry.register_id.process_ids

    @api.depends(
        "state",
        "register_id.active",
        "date_deadline",
        "date_valid_to",
        "last_result",
        "evidence",
        "evidence_attachment_ids",
        "company_id",
    )
    def _compute_is_current(self):
        for entry in self:
            today = (entry.company_id or self.env.company)._qms_today()
            ends = [day for day in (entry.date_deadline, entry.date_valid_to) if day]
            # sudo: whether there is evidence must not depend on who may open its files.
            evidence = (entry.evidence or "").strip() or entry.sudo().evidence_attachment_ids
            entry.is_current = bool(
                entry.state == "current"
                and entry.register_id.active
                and entry.last_result in GOOD
                and evidence
                and all(day >= today for day in ends)
            )

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._current_domain(self.env.company._qms_today())
        return domain if True in value else ~domain

    @api.model
    def _current_domain(self, today):
        """Return the domain of the entries that count as evidence on a day."""
        return Domain.AND(
            [
                Domain("state", "=", "current"),
                Domain("register_id.active", "=", True),
                Domain("last_result", "in", GOOD),
                Domain("evidence", "not in", (False, "")) | Domain("evidence_attachment_ids", "!=", False),
                Domain("date_deadline", "=", False) | Domain("date_deadline", ">=", today),
                Domain("date_valid_to", "=", False) | Domain("date_valid_to", ">=", today),
            ]
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries._check_links()
        for entry in entries:
            rows = entry.register_id._part_rows()
            if rows and not entry.part_ids:
                entry.env["qms.register.part"].create([{"entry_id": entry.id, **row} for row in rows])
        return entries

    def write(self, vals):
        if "register_id" in vals and any(entry.register_id.id != vals["register_id"] for entry in self):
            raise UserError(self.env._("An entry stays in its register: the fields of another one are not the same."))
        moved = self.filtered(lambda entry: "department_id" in vals and entry.department_id.id != vals["department_id"])
        for entry in moved.filtered(lambda entry: entry.state == "current" and not self.env.su):
            entry._check_may_keep()
        result = super().write(vals)
        moved.check_access("create")  # no rule of Odoo's looks where a record has gone
        if "date_valid_to" in vals:
            self.filtered(lambda entry: entry.state == "current" and entry.date_deadline)._call_before_end()
        if "evidence" in vals or "evidence_attachment_ids" in vals:
            self._check_keeps_evidence()
        return result

    def unlink(self):
        kept = self.filtered(lambda entry: entry.review_ids or entry.state != "draft")
        if kept and not self.env.su:
            raise UserError(self.env._("“%s” was in use, so it stays on record. Close it instead.", kept[0].name))
        self.part_ids.unlink()
        return super().unlink()

    def _check_links(self):
        for entry in self:
            if not entry.register_id.active:
                raise UserError(
                    self.env._("The register “%s” is archived. Enter this elsewhere.", entry.register_id.name)
                )

    def _check_keeps_evidence(self):
        for entry in self.filtered(lambda entry: entry.state == "current"):
            # sudo: as in _compute_is_current
            if not ((entry.evidence or "").strip() or entry.sudo().evidence_attachment_ids):
                raise UserError(self.env._("“%s” is in use, so its evidence can't be left empty.", entry.name))

    # === ACTIONS === #

    def action_use(self):
        """Take entries into use: from now on they are reviewed in time, and count as evidence once found fit.

        What comes into use again keeps the day of its review: closing it in between puts no review off.

        :raises AccessError: for who keeps neither the register nor the unit
        :raises UserError: naming what is missing
        """
        for entry in self:
            entry.check_access("write")
            entry._check_state("draft")
            entry._check_may_keep()
            entry._check_complete()
            today = entry.company_id._qms_today()
            due = entry._not_after_end(entry.date_deadline or entry._next_review(today), today)
            entry._transition({"state": "current", "close_reason": False, "date_deadline": due})
            entry._call_responsible()  # also where the day is the one it had before

    def action_close(self, reason=None):
        """Close entries that are no longer used.

        :param str reason: why; without it a dialog asks
        """
        for entry in self:
            entry.check_access("write")
            entry._check_may_keep()
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_close", self.env._("Why is it closed?"))
        for entry in self:
            entry._check_state("draft", "current")
            entry._check_parts_done()
            entry._transition({"state": "closed", "close_reason": reason})
            entry._acted()
        return True

    def action_reopen(self):
        """Take closed entries back as drafts; they come into use anew."""
        for entry in self:
            entry._check_state("closed")
            entry._check_may_keep()
            entry._transition({"state": "draft"})

    def action_raise_nonconformity(self):
        """Raise a nonconformity from this entry.

        :return: the action that opens it
        """
        self.ensure_one()
        self.check_access("read")
        return self._raise_nonconformity(self, self.name)

    # === ACCESS === #

    def _check_may_keep(self):
        """Raise an AccessError unless the user answers for the unit's entries: its head, its officer, the quality
        coordinator or commissioner. Who only enters things doesn't make evidence of them."""
        self.ensure_one()
        user = self.env.user
        if not (user.has_group("qms_core.group_commissioner") or self.department_id._is_kept_by(user)):
            raise AccessError(
                self.env._(
                    "An entry is taken into use and closed by the head or the quality officer of the unit, or by the "
                    "quality coordinator."
                )
            )

    def _check_complete(self):
        self.ensure_one()
        missing = []
        if not self.responsible_id:
            missing.append(self._label("responsible_id"))
        if not ((self.evidence or "").strip() or self.evidence_attachment_ids):
            missing.append(self._label("evidence"))
        if missing:
            raise UserError(
                self.env._(
                    "“%(entry)s” can't be used yet. Enter what is missing: %(missing)s.",
                    entry=self.name,
                    missing=", ".join(missing),
                )
            )

    def _check_parts_done(self):
        waiting = self.part_ids.filtered(lambda part: part.state != "approved")
        if waiting and self.state == "current":
            raise UserError(
                self.env._(
                    "These parts of “%(entry)s” are not approved yet: %(parts)s.",
                    entry=self.name,
                    parts=", ".join(waiting.mapped("name")),
                )
            )

    # === BUSINESS METHODS === #

    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def _duty_summary(self):
        return self.env._("Review: %s", self.sudo().register_id.name)  # sudo: its name only

    def _move_deadline(self, day):
        self._transition({"state": self.state, "date_deadline": day})

    def _next_review(self, day):
        return day + relativedelta(months=self.register_id.review_months)

    def _not_after_end(self, due, today):
        """Return the day of a review, or the earlier one on which the entry's validity ends."""
        ends = self.date_valid_to
        return min(due, ends) if ends and ends > today else due

    def _call_before_end(self):
        """Bring the reviews of entries forward to the day on which their validity ends."""
        for entry in self:
            due = entry._not_after_end(entry.date_deadline, entry.company_id._qms_today())
            if due != entry.date_deadline:
                entry._move_deadline(due)

    def _raise_nonconformity(self, origin, name):
        vals = {
            "name": name,
            "kind": "process",
            "process_id": self.process_ids[:1].id,
            "department_id": self.department_id.id,
        }
        record = self.env["qms.nonconformity"]._raise_from(origin, vals)
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
