from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...lib import measuring

LIGHTS = [("none", "Not measured"), ("met", "Target met"), ("near", "Close to target"), ("missed", "Target missed")]
# What a value is judged by; each value keeps it as it was in its period.
FRAME = ("target", "threshold", "use_threshold", "direction")


class QmsIndicator(models.Model):
    """What is measured, period by period, and judged against a target.

    Values come by hand, from records that are counted, or from a method of an addon: see
    ``qms_indicator_source.py``; how they get here, ``qms_indicator_measure.py``.
    """

    _name = "qms.indicator"
    _description = "Indicator"
    _inherit = ["qms.activity.mixin"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    process_id = fields.Many2one("qms.process", index=True, check_company=True)
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True)
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )
    owner_role_id = fields.Many2one("qms.role", "Owner", check_company=True, help="Who answers for the value.")
    owner_ids = fields.Many2many("hr.employee.public", string="People", compute="_compute_owner_ids")
    method = fields.Text(
        "Method of Measurement", translate=True, help="What is counted and where the figures come from."
    )
    unit_of_measure = fields.Char(default="%")
    direction = fields.Selection(
        [("higher", "Higher is better"), ("lower", "Lower is better")], required=True, default="higher", tracking=True
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True, default="quarter"
    )
    target = fields.Float(tracking=True, aggregator=None)
    threshold = fields.Float(
        tracking=True,
        aggregator=None,
        help="The value from which on a missed target is red. Between it and the target the light is amber.",
    )
    use_threshold = fields.Boolean(
        "Amber before Red", compute="_compute_use_threshold", store=True, precompute=True, readonly=False
    )
    measurement_ids = fields.One2many("qms.measurement", "indicator_id", "Values")
    last_value = fields.Float(compute="_compute_last_value", store=True, aggregator=None)
    last_date = fields.Date("Last Period", compute="_compute_last_value", store=True)
    previous_value = fields.Float(compute="_compute_last_value", store=True, aggregator=None)
    status = fields.Selection(LIGHTS, compute="_compute_last_value", store=True, index=True)
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another indicator has this code already. Choose a new code."
    )

    # === CONSTRAINTS === #

    @api.constrains("target", "threshold", "use_threshold", "direction")
    def _check_threshold(self):
        for indicator in self.filtered("use_threshold"):
            if measuring.wrong_way_round(indicator.target, indicator.threshold, indicator.direction):
                if indicator.direction == "higher":
                    text = self.env._(
                        "%(name)s: higher values are better, so the red threshold (%(threshold)s) must lie below the "
                        "target (%(target)s). Change one of them, or the direction.",
                        **indicator._frame_texts(),
                    )
                else:
                    text = self.env._(
                        "%(name)s: lower values are better, so the red threshold (%(threshold)s) must lie above the "
                        "target (%(target)s). Change one of them, or the direction.",
                        **indicator._frame_texts(),
                    )
                raise ValidationError(text)

    @api.constrains("target", "threshold", "unit_of_measure")
    def _check_unit_of_measure(self):
        for indicator in self:
            if indicator.target and not (indicator.unit_of_measure or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(name)s has the target %(target)s, but no unit. Write what is counted: %%, days, points.",
                        name=indicator.display_name,
                        target=indicator.target,
                    )
                )

    def _frame_texts(self):
        return {"name": self.display_name, "threshold": self.threshold, "target": self.target}

    # === COMPUTES === #

    @api.depends("process_id", "service_id")
    def _compute_department_id(self):
        for indicator in self:
            unit = indicator.process_id.department_id or indicator.service_id.department_id
            indicator.department_id = unit or indicator.department_id

    @api.depends("threshold")
    def _compute_use_threshold(self):
        for indicator in self:
            indicator.use_threshold = indicator.use_threshold or bool(indicator.threshold)

    @api.depends("owner_role_id")
    def _compute_owner_ids(self):
        people = {role: role._holders().ids for role in self.owner_role_id}
        for indicator in self:
            # An employee and what everybody may read of him have the same number.
            indicator.owner_ids = self.env["hr.employee.public"].browse(people.get(indicator.owner_role_id, []))

    @api.depends("measurement_ids.value", "measurement_ids.date", "measurement_ids.status")
    def _compute_last_value(self):
        for indicator in self:
            rows = indicator.measurement_ids.filtered("date").sorted("date")
            last, previous = rows[-1:], rows[-2:-1]
            indicator.last_value = last.value
            indicator.last_date = last.date
            indicator.previous_value = previous.value
            indicator.status = last.status or "none"

    # === CRUD === #

    def write(self, vals):
        if "period" in vals:
            self._check_period_kept(vals["period"])
        result = super().write(vals)
        if set(FRAME) & set(vals):
            self._retarget()
        return result

    def unlink(self):
        rows = self.with_context(active_test=False).measurement_ids
        if rows._frozen():
            raise UserError(
                self.env._(
                    "%s has values of closed periods, so it can't be deleted. Archive it instead.",
                    rows._frozen()[:1].indicator_id.display_name,
                )
            )
        rows.unlink()
        return super().unlink()

    def _check_period_kept(self, period):
        for indicator in self.filtered(lambda indicator: indicator.period != period and indicator.measurement_ids):
            raise UserError(
                self.env._(
                    "%s has values already, and they are of other periods. Archive it and make a new indicator.",
                    indicator.display_name,
                )
            )

    def _retarget(self):
        """Judge the period that is under way by the new target; what is over keeps the target of its time."""
        for company, indicators in self.grouped("company_id").items():
            today = company._qms_today()
            rows = indicators.measurement_ids.filtered(lambda row: row.state == "open")
            rows.filtered(lambda row, today=today: row.date >= today)._adopt_frame()

    # === ACCESS === #

    def _may_answer(self):
        """Tell whether the user answers for the values of this indicator: as its owner, or as quality staff."""
        self.ensure_one()
        # sudo: whom a role means must not depend on who asks.
        return self.env.su or self.env.user._is_quality_staff() or self.sudo().owner_role_id._holds(self.env.user)

    def _check_answers(self):
        self.ensure_one()
        self.check_access("read")
        if not self._may_answer():
            raise AccessError(
                self.env._(
                    "Only who answers for the indicator “%s” and the quality staff can do this. Ask one of them.",
                    self.display_name,
                )
            )

    # === BUSINESS METHODS === #

    def _judge(self, value):
        """Return the light of a value by the target as it is now: ``met``, ``near`` or ``missed``."""
        self.ensure_one()
        return measuring.judge(value, **self._frame())

    def _frame(self):
        """Return what values are judged by: ``target``, ``threshold`` and ``direction``."""
        self.ensure_one()
        return {
            "target": self.target,
            "threshold": self.threshold if self.use_threshold else self.target,
            "direction": self.direction,
        }

    def _owners(self):
        """Return who answers for each of these indicators today and has a login: ``{indicator: res.users}``.

        Who is away is replaced by who stands in for him.
        """
        users = {}
        for role in self.owner_role_id:
            people = role._holders().sudo()  # sudo: staff records; whom to ask must not depend on who does
            present = people.browse().union(*(person._present() for person in people))
            users[role] = present.user_id.filtered("active")
        nobody = self.env["res.users"]
        return {indicator: users.get(indicator.owner_role_id, nobody).with_env(self.env) for indicator in self}

    def _whom_to_ask(self):
        """Return whom to ask about each indicator: its owners, else the head of the unit, else the coordinators."""
        answer = self._owners()
        for indicator in self.filtered(lambda indicator: not answer[indicator]):
            # sudo: as in _owners
            head = indicator.sudo().department_id._head().user_id.filtered("active")
            answer[indicator] = head.with_env(self.env) or self._users_of(
                "qms_core.group_coordinator", indicator.company_id
            )
        return answer

    @api.model
    def _mine_domain(self):
        """Return the domain of the indicators that the user answers for."""
        # sudo: as in _may_answer
        roles = self.env["qms.role"].sudo().search([("holder_ids.employee_id.user_id", "=", self.env.uid)])
        return Domain("owner_role_id", "in", roles.filtered(lambda role: role._holds(self.env.user)).ids)
