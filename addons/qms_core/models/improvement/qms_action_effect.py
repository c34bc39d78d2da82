from odoo import api, fields, models
from odoo.tools import float_compare

DIGITS = 4


class QmsAction(models.Model):
    """What an action changed, seen in an indicator before and after."""

    _inherit = "qms.action"

    indicator_id = fields.Many2one(
        "qms.indicator",
        index="btree_not_null",
        check_company=True,
        help="By which indicator one will see the effect of the action.",
    )
    value_before = fields.Float(
        compute="_compute_effect", store=True, aggregator=None, help="Of the last period that began before the start."
    )
    value_after = fields.Float(
        compute="_compute_effect", store=True, aggregator=None, help="Of the latest period that began after the end."
    )
    effect_verdict = fields.Selection(
        [
            ("waiting", "Not measured yet"),
            ("reached", "Better, the target is met"),
            ("better", "Better"),
            ("same", "No change"),
            ("worse", "Worse"),
        ],
        "Measured Effect",
        compute="_compute_effect",
        store=True,
    )

    # === COMPUTES === #

    # Stored, so that it groups and adds. Values come long after an action is closed; the verdict follows them.
    @api.depends(
        "indicator_id.measurement_ids.value",
        "indicator_id.measurement_ids.date_start",
        "indicator_id.direction",
        "indicator_id.target",
        "date_started",
        "date_done",
    )
    def _compute_effect(self):
        for action in self:
            before, after = action._values_around()
            action.value_before, action.value_after = before.value, after.value
            action.effect_verdict = action.indicator_id and action._verdict(before, after)

    def _values_around(self):
        """Return the indicator's last value before the work began, and its latest one since it was done.

        :return: two ``qms.measurement``, one or none each
        """
        values = self.indicator_id.measurement_ids.sorted("date")
        before = values.filtered(lambda row: self.date_started and row.date_start < self.date_started)[-1:]
        after = values.filtered(lambda row: self.date_done and row.date_start >= self.date_done)[-1:]
        return before, after

    def _verdict(self, before, after):
        if not before or not after:
            return "waiting"
        change = float_compare(after.value, before.value, precision_digits=DIGITS)
        if self.indicator_id.direction == "lower":
            change = -change
        if change == 1 and self.indicator_id._judge(after.value) == "met":
            return "reached"
        return {1: "better", 0: "same", -1: "worse"}[change]
