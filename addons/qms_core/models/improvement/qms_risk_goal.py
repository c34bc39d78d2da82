from odoo import fields, models


class QmsRisk(models.Model):
    """Risks that threaten a goal, opportunities that help it."""

    _inherit = "qms.risk"

    goal_id = fields.Many2one(
        "qms.goal",
        "Goal at Stake",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="The goal that is missed if it happens, or reached sooner.",
    )
