from odoo import api, fields, models

from ...lib import priority


class QmsAction(models.Model):
    """Which action comes first: by the significance of the problem, its effect on citizens, and the cost."""

    _inherit = "qms.action"

    significance = fields.Selection(
        [
            ("1", "1 – Negligible"),
            ("2", "2 – Slight"),
            ("3", "3 – Noticeable"),
            ("4", "4 – Serious"),
            ("5", "5 – Grave"),
        ],
        help="How serious the problem is for the authority.",
    )
    citizen_effect = fields.Selection(
        [
            ("1", "1 – None"),
            ("2", "2 – A few people"),
            ("3", "3 – One service"),
            ("4", "4 – Several services"),
            ("5", "5 – Everybody"),
        ],
        "Effect on Citizens",
        help="How much the problem spoils what citizens get.",
    )
    cost_class = fields.Selection(
        [
            ("1", "1 – Costs nothing"),
            ("2", "2 – Own means"),
            ("3", "3 – Within the budget"),
            ("4", "4 – Needs extra money"),
            ("5", "5 – A project of its own"),
        ],
        help="What the action takes of money and other resources.",
    )
    priority_score = fields.Float(
        "Weight",
        digits=(4, 1),
        compute="_compute_priority",
        store=True,
        aggregator="avg",
        help="Significance × effect on citizens ÷ cost, from 0.2 to 25. 0: not assessed yet.",
    )
    priority_level = fields.Selection(
        [("none", "Not assessed"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
        "Priority",
        compute="_compute_priority",
        store=True,
        index=True,
    )

    # === COMPUTES === #

    @api.depends("significance", "citizen_effect", "cost_class")
    def _compute_priority(self):
        for action in self:
            factors = (action.significance, action.citizen_effect, action.cost_class)
            action.priority_score = priority.weigh(*(int(factor or 0) for factor in factors))
            action.priority_level = priority.weight_level(action.priority_score)
