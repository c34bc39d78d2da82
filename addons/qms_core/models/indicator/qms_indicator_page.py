from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...lib import periods

# More periods than this can't be told apart on a form.
MOST_POINTS = 36
LABELS = {"month": "LLL yy", "quarter": "QQQ yy", "year": "yyyy"}


class QmsIndicator(models.Model):
    """What the page of an indicator shows and offers."""

    _inherit = "qms.indicator"

    trend = fields.Json(compute="_compute_trend")
    waiting_id = fields.Many2one("qms.measurement", compute="_compute_waiting_id")
    waiting_text = fields.Char(compute="_compute_waiting_id")
    may_answer = fields.Boolean(compute="_compute_may_answer")
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")
    cost_ids = fields.One2many("qms.cost", "indicator_id", "Costs")

    # === COMPUTES === #

    @api.depends(
        "measurement_ids.date",
        "measurement_ids.value",
        "measurement_ids.status",
        "measurement_ids.target",
        "cost_ids.amount",
        "unit_of_measure",
    )
    @api.depends_context("lang")
    def _compute_trend(self):
        for indicator in self:
            rows = indicator.measurement_ids.filtered("date").sorted("date")[-MOST_POINTS:]
            costs = {}
            for cost in indicator.cost_ids:
                costs[cost.date] = costs.get(cost.date, 0) + cost.amount
            indicator.trend = {
                "unit": indicator.unit_of_measure or "",
                "currency": indicator.cost_ids.currency_id[:1].symbol or "",
                "points": [indicator._trend_point(row, costs) for row in rows],
            }

    def _trend_point(self, row, costs):
        return {
            "label": format_date(self.env, row.date_start, date_format=LABELS[self.period]),
            "value": row.value,
            "target": row.target,
            "threshold": row.threshold if row.threshold != row.target else None,
            "status": row.status,
            "cost": costs.get(row.date),
        }

    @api.depends("measurement_ids.state")
    @api.depends_context("lang")
    def _compute_waiting_id(self):
        for indicator in self:
            rows = indicator.measurement_ids.filtered(lambda row: row.state == "waiting")
            first = rows.sorted("date")[:1]
            indicator.waiting_id = first
            indicator.waiting_text = first and self.env._(
                "The target was missed: %(period)s. An explanation is awaited until %(day)s.",
                period=first.period_label,
                day=format_date(self.env, first.date_deadline),
            )

    @api.depends("owner_role_id")
    @api.depends_context("uid")
    def _compute_may_answer(self):
        for indicator in self:
            indicator.may_answer = indicator._may_answer()

    @api.depends("owner_role_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._mine_domain())
        for indicator in self:
            indicator.is_mine = indicator in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._mine_domain()
        return mine if True in value else ~mine

    # === ACTIONS === #

    def action_measure(self):
        """Compute now what is due.

        :raises AccessError: for anybody but the owner of the indicators and the quality staff
        """
        for indicator in self:
            indicator._check_answers()
        self.sudo()._measure()  # sudo: who asks was checked; the source is read with the rights of the owner
        broken = self.filtered("source_error")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if broken else "success",
                "message": broken[:1].source_error or self.env._("The values are up to date."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_enter_value(self):
        """Open the dialog to enter or correct the value of a period."""
        self.ensure_one()
        self._check_answers()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter a Value"),
            "res_model": "qms.measurement.entry",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_indicator_id": self.id},
        }

    def action_explain(self):
        """Ask for the explanation of the oldest missed target that waits for one."""
        self.ensure_one()
        if not self.waiting_id:
            raise UserError(self.env._("No explanation is awaited for “%s”.", self.display_name))
        return self.waiting_id.action_explain()

    def action_view_measurements(self):
        """Open the values of these indicators."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_measurement_action"),
            "domain": [("indicator_id", "in", self.ids)],
            "context": {"default_indicator_id": self.id if len(self) == 1 else False},
        }

    def action_view_costs(self):
        """Open what the results of these indicators cost."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_cost_action"),
            "domain": [("indicator_id", "in", self.ids)],
            "context": {
                "default_indicator_id": self.id if len(self) == 1 else False,
                "default_process_id": self.process_id.id if len(self) == 1 and not self.service_id else False,
                "default_service_id": self.service_id.id if len(self) == 1 else False,
            },
        }

    # === BUSINESS METHODS === #

    def _day_verb(self, user):
        return "answer"

    @api.model
    def _day_buttons(self, verb):
        explain = [("action_explain", self.env._("Explain"))] if verb == "answer" else []
        return explain + super()._day_buttons(verb)

    def _value_period(self, day):
        """Return the period of this indicator that a day lies in (``lib.periods.Period``)."""
        self.ensure_one()
        return periods.period_of(self.period, day)

    def _value_of(self, day):
        """Return the value of the period that a day lies in (``qms.measurement``, one or none)."""
        self.ensure_one()
        last = self._value_period(day).last
        return self.measurement_ids.filtered(lambda row: row.date == last)

    def _enter_value(self, day, value, comment=False, reason=None):
        """Enter the value of a period, or correct it.

        :param datetime.date day: any day of the period
        :param str reason: why a value that is settled or computed is replaced
        :return: the value (``qms.measurement``)
        :raises AccessError: for anybody but the owner of the indicator and the quality staff
        :raises UserError: without a reason where one is needed
        """
        self._check_answers()
        # sudo: the owner of an indicator is no member of the quality staff, who may edit values.
        row = self._value_of(day).sudo()
        if self._needs_reason(row) and not (reason or "").strip():
            raise UserError(
                self.env._("This value is settled or computed. Write why it has to be changed, and save again.")
            )
        if not row:
            row = row.create({"indicator_id": self.id, "date": day, "value": value, "comment": comment})
            if self.source != "manual":
                row._mark_corrected(reason)
        elif self._needs_reason(row):
            row._correct(value, comment, reason)
        else:
            row.write({"value": value, "comment": comment})
        return row.with_env(self.env)

    def _needs_reason(self, row):
        """Tell whether the value of a period may be entered only with a reason."""
        return self.source != "manual" or bool(row._frozen())
