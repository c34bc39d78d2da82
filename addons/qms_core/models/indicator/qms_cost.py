from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import measuring, periods


class QmsCost(models.Model):
    """What a service or a process cost in a period, beside what it achieved: value for money over time."""

    _name = "qms.cost"
    _description = "Cost of a Service or Process"
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    process_id = fields.Many2one("qms.process", index="btree_not_null", check_company=True)
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True)
    indicator_id = fields.Many2one(
        "qms.indicator",
        "Result",
        required=True,
        index=True,
        check_company=True,
        help="The indicator that shows what was achieved for the money; its periods are those of the costs.",
    )
    date = fields.Date("Period ends", required=True, help="Any day of the period; its last one is kept.")
    amount = fields.Monetary("Cost", required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    result = fields.Float("Value of the Result", compute="_compute_result", store=True, aggregator="avg")
    unit_of_measure = fields.Char(related="indicator_id.unit_of_measure", string="Unit of the Result")
    status = fields.Selection(
        [("none", "Not measured"), ("met", "Target met"), ("near", "Close to target"), ("missed", "Target missed")],
        compute="_compute_result",
        store=True,
    )
    has_unit_cost = fields.Boolean("Comparable", compute="_compute_cost_per_unit", store=True)
    cost_per_unit = fields.Monetary(
        "Cost per Unit of Result",
        compute="_compute_cost_per_unit",
        store=True,
        aggregator="avg",
        help="Cost divided by the value of the result. It says something where the result is a number of cases or a "
        "share, and nothing where lower values are better.",
    )
    comment = fields.Char()

    _amount_range = models.Constraint("CHECK (amount >= 0)", "A cost can't be negative. Correct the amount.")
    _one_object = models.Constraint(
        "CHECK (num_nonnulls(process_id, service_id) = 1)", "Choose either a process or a service that the cost is of."
    )
    _period = models.UniqueIndex(
        "(indicator_id, date, COALESCE(process_id, 0), COALESCE(service_id, 0))",
        "The cost of this period is entered already. Change that entry instead.",
    )

    # === CONSTRAINTS === #

    @api.constrains("date", "indicator_id")
    def _check_date(self):
        for cost in self:
            if periods.period_of(cost.indicator_id.period, cost.date).first > cost.company_id._qms_today():
                raise ValidationError(
                    self.env._("The period of the cost has not begun yet. Choose a day of the period it was spent in.")
                )

    # === COMPUTES === #

    @api.depends("process_id", "service_id", "date")
    def _compute_display_name(self):
        for cost in self:
            name = (cost.service_id or cost.process_id).display_name or ""
            cost.display_name = f"{name}, {fields.Date.to_string(cost.date)}" if cost.date else name

    @api.depends("date", "indicator_id.measurement_ids.value", "indicator_id.measurement_ids.status")
    def _compute_result(self):
        for cost in self:
            row = cost.indicator_id.measurement_ids.filtered(lambda row, day=cost.date: row.date == day)
            cost.result = row.value
            cost.status = row.status or "none"

    @api.depends("amount", "result", "status", "indicator_id.direction")
    def _compute_cost_per_unit(self):
        for cost in self:
            comparable = cost.status != "none" and cost.indicator_id.direction == "higher"
            cost.has_unit_cost = comparable and round(cost.result, measuring.DIGITS) > 0
            cost.cost_per_unit = cost.amount / cost.result if cost.has_unit_cost else 0

    # === ONCHANGE === #

    @api.onchange("indicator_id")
    def _onchange_indicator_id(self):
        if not self.process_id and not self.service_id:
            self.service_id = self.indicator_id.service_id
            self.process_id = not self.service_id and self.indicator_id.process_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        costs = super().create(vals_list)
        costs._keep_last_day()
        return costs

    def write(self, vals):
        result = super().write(vals)
        if {"date", "indicator_id"} & set(vals):
            self._keep_last_day()
        return result

    def _keep_last_day(self):
        for cost in self:
            last = periods.period_of(cost.indicator_id.period, cost.date).last
            if cost.date != last:
                cost.date = last
