from odoo import api, fields, models
from odoo.exceptions import UserError


class LeanTarget(models.Model):
    """Target indicator of a project: measured before it, aimed at, measured after it."""

    _name = "lean.target"
    _description = "Target Indicator of a Lean Project"
    _order = "project_id, sequence, id"
    _check_company_auto = True

    project_id = fields.Many2one("project.project", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="project_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Target Indicator",
        compute="_compute_from_indicator",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    indicator_id = fields.Many2one("qms.indicator", "Indicator of the Model", check_company=True)
    unit_of_measure = fields.Char(
        "Unit", compute="_compute_from_indicator", store=True, precompute=True, readonly=False
    )
    direction = fields.Selection(
        [("higher", "Higher is better"), ("lower", "Lower is better")],
        compute="_compute_from_indicator",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    before = fields.Float(aggregator=None)
    date_before = fields.Date("Measured Before on", help="Empty: not measured yet.")
    target = fields.Float(aggregator=None)
    after = fields.Float(aggregator=None, copy=False)
    date_after = fields.Date("Measured After on", copy=False, help="Empty: not measured yet.")
    result = fields.Selection(
        [("open", "Not measured"), ("met", "Target met"), ("missed", "Target missed")], compute="_compute_result"
    )

    # === COMPUTES === #

    @api.depends("indicator_id")
    def _compute_from_indicator(self):
        for target in self:
            indicator = target.indicator_id
            target.name = indicator.name or target.name
            target.unit_of_measure = indicator.unit_of_measure or target.unit_of_measure
            target.direction = indicator.direction or target.direction or "lower"

    @api.depends("target", "after", "date_after", "direction")
    def _compute_result(self):
        for target in self:
            met = target.after >= target.target if target.direction == "higher" else target.after <= target.target
            target.result = ("met" if met else "missed") if target.date_after else "open"

    # === ONCHANGE === #

    @api.onchange("before")
    def _onchange_before(self):
        # An empty new row is no measurement; who measured zero enters the day himself.
        if self.before:
            self.date_before = self.date_before or self.env.company._qms_today()

    @api.onchange("after")
    def _onchange_after(self):
        if self.after:
            self.date_after = self.date_after or self.env.company._qms_today()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        targets = super().create(vals_list)
        targets._check_running()
        return targets

    def write(self, vals):
        self._check_running()
        result = super().write(vals)
        self._check_running()  # a target can't be moved to a finished project either
        return result

    def unlink(self):
        self._check_running()
        return super().unlink()

    # === BUSINESS METHODS === #

    def _check_running(self):
        # sudo: whether the project is finished must not depend on who asks.
        if any(self.sudo().project_id.mapped("date_lean_finished")):
            raise UserError(self.env._("The project is finished, so its target indicators are kept as they were."))
