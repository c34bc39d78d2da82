from odoo import api, fields, models


class QmsNonconformity(models.Model):
    """What the analysis groups by and the database has to count itself."""

    _inherit = "qms.nonconformity"

    cause_category_id = fields.Many2one(
        "qms.cause.category",
        "Category of the Cause",
        compute="_compute_cause_category_id",
        store=True,
        index="btree_not_null",
        help="The bone of the fishbone on which the first root cause hangs.",
    )
    days_to_close = fields.Integer(
        compute="_compute_days_to_close",
        store=True,
        aggregator="avg",
        help="Days from the day it was found to that on which it was closed as effective.",
    )

    # === COMPUTES === #

    @api.depends("cause_ids.is_root", "cause_ids.category_id")
    def _compute_cause_category_id(self):
        for record in self:
            record.cause_category_id = record.cause_ids.filtered("is_root").category_id[:1]

    @api.depends("state", "date_found", "date_closed")
    def _compute_days_to_close(self):
        for record in self:
            closed = record.state == "closed" and record.date_closed and record.date_found
            # A day typed in later than the closing would make a negative duration.
            record.days_to_close = max((record.date_closed - record.date_found).days, 0) if closed else 0
