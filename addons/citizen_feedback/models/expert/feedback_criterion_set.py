from odoo import api, fields, models
from odoo.exceptions import UserError

LOWEST_TOP, HIGHEST_TOP = 2, 100


class FeedbackCriterionSet(models.Model):
    """What experts look at, and on which scale they judge it."""

    _name = "feedback.criterion.set"
    _description = "Set of Criteria"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, help="Empty: for all authorities."
    )
    scale_max = fields.Integer("Best Score", required=True, default=5, help="Scores go from 1, the worst, to this one.")
    criterion_ids = fields.One2many("feedback.criterion", "set_id", "Criteria", copy=True)
    criterion_count = fields.Integer("Number of Criteria", compute="_compute_criterion_count")
    active = fields.Boolean(default=True)

    _scale = models.Constraint(
        f"CHECK (scale_max BETWEEN {LOWEST_TOP} AND {HIGHEST_TOP})",
        f"The best score lies between {LOWEST_TOP} and {HIGHEST_TOP}. Correct it.",
    )

    # === COMPUTES === #

    @api.depends("criterion_ids")
    def _compute_criterion_count(self):
        for criteria in self:
            criteria.criterion_count = len(criteria.criterion_ids)

    # === CRUD === #

    def write(self, vals):
        if "scale_max" in vals and any(criteria.scale_max != vals["scale_max"] for criteria in self):
            self.criterion_ids._check_not_used()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.with_context(active_test=False).criterion_ids._check_not_used()
        if self.env["feedback.expert.visit"].sudo().search_count([("set_id", "in", self.ids)], limit=1):
            # sudo: a visit that one may not see needs its criteria all the same
            raise UserError(self.env._("A visit uses these criteria. Archive them instead."))
