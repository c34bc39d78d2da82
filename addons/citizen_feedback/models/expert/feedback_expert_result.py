from odoo import api, fields, models


class FeedbackExpertResult(models.Model):
    """What the experts of a closed visit gave for a criterion, beside what citizens gave in the year before.

    It is kept as it was when the visit was closed, whatever becomes of criteria and ratings.
    """

    _name = "feedback.expert.result"
    _description = "Experts and Citizens"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "visit_id desc, sequence, id"
    _frozen_parent = "visit_id"

    visit_id = fields.Many2one("feedback.expert.visit", required=True, index=True, ondelete="restrict", readonly=True)
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="visit_id.department_id", store=True, index=True)
    service_id = fields.Many2one(related="visit_id.service_id", store=True, index="btree_not_null")
    date_closed = fields.Date(related="visit_id.date_closed", store=True)
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Criterion", required=True, readonly=True)
    criterion_id = fields.Many2one("feedback.criterion", "Scored by", readonly=True, index=True, ondelete="restrict")
    weight = fields.Float(digits=(6, 2), readonly=True, aggregator=None)
    expert_count = fields.Integer("Experts", readonly=True)
    expert_mark = fields.Float(
        "Experts' Mark", digits=(3, 2), readonly=True, aggregator="avg", help="Brought to the scale from 1 to 5."
    )
    spread = fields.Float(
        "Apart by", digits=(3, 2), readonly=True, aggregator="max", help="How far the experts' scores lie apart."
    )
    citizen_count = fields.Integer("Citizens", readonly=True)
    citizen_mark = fields.Float("Citizens' Mark", digits=(3, 2), readonly=True, aggregator="avg")
    difference = fields.Float(
        digits=(3, 2), readonly=True, aggregator="avg", help="Above zero the experts judge better than the citizens."
    )
    is_compared = fields.Boolean(compute="_compute_is_compared", store=True)

    # === COMPUTES === #

    @api.depends("expert_count", "citizen_count")
    def _compute_is_compared(self):
        for row in self:
            row.is_compared = bool(row.expert_count and row.citizen_count)
