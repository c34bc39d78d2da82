from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...lib import measuring, periods

# Of its time, so nobody types it over.
FRAME = {"target", "threshold", "direction"}
LABELS = {"month": "LLLL yyyy", "quarter": "QQQ yyyy", "year": "yyyy"}


class QmsMeasurement(models.Model):
    """The value of an indicator in one period; a plain row, as there will be very many.

    What it is judged by is kept with it, so that a new target changes no verdict of the past. Once its period is
    settled, that is closed or asked about, a value changes only with a reason: see ``qms_measurement_settle.py``.
    """

    _name = "qms.measurement"
    _description = "Value of an Indicator"
    _inherit = ["qms.frozen.mixin"]
    _order = "date desc, id desc"
    _state_initial = "open"
    _frozen_states = ("waiting", "explained", "closed")
    _by_method = frozenset({"explanation", "explained_by_id", "date_explained", "date_deadline", "corrected"})

    # Restricted: deleting an indicator must not take closed values along past their gate.
    indicator_id = fields.Many2one("qms.indicator", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="indicator_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="indicator_id.department_id", string="Unit", store=True)
    date = fields.Date("Period ends", required=True, help="Any day of the period; its last one is kept.")
    date_start = fields.Date("Period begins", compute="_compute_date_start", store=True, precompute=True)
    period_label = fields.Char("Period", compute="_compute_period_label")
    value = fields.Float(required=True, aggregator="avg")
    unit_of_measure = fields.Char(related="indicator_id.unit_of_measure")
    comment = fields.Char()
    target = fields.Float(compute="_compute_frame", store=True, precompute=True, aggregator="avg")
    threshold = fields.Float(compute="_compute_frame", store=True, precompute=True, aggregator=None)
    direction = fields.Selection(
        [("higher", "Higher is better"), ("lower", "Lower is better")],
        compute="_compute_frame",
        store=True,
        precompute=True,
    )
    status = fields.Selection(
        [("met", "Target met"), ("near", "Close to target"), ("missed", "Target missed")],
        compute="_compute_status",
        store=True,
        precompute=True,
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("waiting", "Explanation awaited"),
            ("explained", "Explained"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    corrected = fields.Boolean(readonly=True, copy=False, help="Entered by hand with a reason; not computed again.")

    _period = models.UniqueIndex("(indicator_id, date)", "This period has a value already. Change that value instead.")
    # serves the cron that closes periods and asks for explanations
    _unsettled = models.Index("(company_id, date) WHERE state IN ('open', 'waiting')")

    # === CONSTRAINTS === #

    @api.constrains("date", "indicator_id")
    def _check_date(self):
        for row in self:
            if row.date_start > row.company_id._qms_today():
                raise ValidationError(
                    self.env._(
                        "%(indicator)s: the period %(period)s has not begun yet. Choose a day of the period that was "
                        "measured.",
                        indicator=row.indicator_id.display_name,
                        period=row.period_label,
                    )
                )

    # === COMPUTES === #

    @api.depends("date", "indicator_id.period")
    def _compute_date_start(self):
        for row in self:
            row.date_start = row.date and periods.period_of(row.indicator_id.period or "month", row.date).first

    @api.depends("date_start", "indicator_id.period")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for row in self:
            kind = row.indicator_id.period or "month"
            row.period_label = row.date_start and format_date(self.env, row.date_start, date_format=LABELS[kind])

    @api.depends("indicator_id", "period_label")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.indicator_id.display_name}, {row.period_label or ''}"

    # Only on the indicator itself, not on its target: the target of a period is that of its time.
    @api.depends("indicator_id")
    def _compute_frame(self):
        for row in self:
            row.update(row.indicator_id._frame() if row.indicator_id else {"direction": "higher"})

    @api.depends("value", "target", "threshold", "direction")
    def _compute_status(self):
        for row in self:
            row.status = measuring.judge(row.value, row.target, row.threshold, row.direction or "higher")

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_last_day(vals) for vals in vals_list]
        rows = super().create(vals_list)
        rows._check_by_hand()
        return rows

    def write(self, vals):
        if not self._in_transition():
            self._check_frame_kept(vals)
            if {"value", "date", "indicator_id"} & set(vals):
                self._check_by_hand()
        if vals.get("date"):
            day = fields.Date.to_date(vals["date"])
            for kind, rows in self.grouped(lambda row: row.indicator_id.period).items():
                super(QmsMeasurement, rows).write({**vals, "date": periods.period_of(kind, day).last})
            return True
        return super().write(vals)

    @api.model
    def _with_last_day(self, vals):
        if not vals.get("date") or not vals.get("indicator_id"):
            return vals  # the ORM says what is missing
        kind = self.env["qms.indicator"].browse(vals["indicator_id"]).period
        return {**vals, "date": periods.period_of(kind, fields.Date.to_date(vals["date"])).last}

    # === ACCESS === #

    def _check_by_hand(self):
        """Computed values are not typed in: who corrects one says why."""
        if self.env.su:
            return
        for row in self:
            if row.indicator_id.source != "manual":
                raise UserError(
                    self.env._(
                        "The values of “%s” are computed. Use the button Enter a Value and give the reason.",
                        row.indicator_id.display_name,
                    )
                )

    def _check_frame_kept(self, vals):
        if FRAME & set(vals) and not self.env.su:
            raise UserError(
                self.env._(
                    "A value keeps the target of its time. For later periods, change the target of the indicator."
                )
            )

    def _frozen_message(self):
        return self.env._(
            "The period is closed, so its value is kept as it is. To correct it, use the button Enter a Value on the "
            "indicator and give the reason."
        )

    # === BUSINESS METHODS === #

    def _adopt_frame(self):
        """Judge these values by the targets of their indicators as they are now."""
        # sudo: who may change the target was checked; the values follow it.
        for row in self.sudo():
            frame = row.indicator_id._frame()
            if any(row[name] != value for name, value in frame.items()):
                row.write(frame)
