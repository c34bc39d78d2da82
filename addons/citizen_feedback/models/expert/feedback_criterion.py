from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.rating_form import ASPECTS

# What a score means.
MEANING = frozenset({"name", "set_id", "aspect"})


class FeedbackCriterion(models.Model):
    """One thing that experts judge; with an aspect it can be compared with citizens' marks."""

    _name = "feedback.criterion"
    _description = "Criterion"
    _order = "set_id, sequence, id"

    set_id = fields.Many2one("feedback.criterion.set", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    guidance = fields.Text("What to Look at", translate=True)
    aspect = fields.Selection(
        selection="_selection_aspect",
        string="Compared with",
        help="The aspect of a rating that tells what citizens think of the same.",
    )
    weight = fields.Float(required=True, default=1.0, digits=(6, 2), aggregator=None)
    active = fields.Boolean(default=True)

    _weight_range = models.Constraint("CHECK (weight > 0 AND weight <= 100)", "A weight lies above 0, up to 100.")

    @api.model
    def _selection_aspect(self):
        labels = self.env["feedback.rating"]._fields
        return [("score", self.env._("All in all"))] + [
            (aspect, labels[aspect]._description_string(self.env)) for aspect in ASPECTS
        ]

    # === CRUD === #

    def write(self, vals):
        if MEANING & set(vals):
            self._check_not_used()
        if "weight" in vals:
            self._check_not_scoring()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_not_used()

    # === ACCESS === #

    def _check_not_used(self):
        # sudo: scores that one may not see count as well
        used = self.env["feedback.expert.score"].sudo().search([("criterion_id", "in", self.ids)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "Experts have scored by “%s” already, so what it means stays. Archive it and add another one.",
                    used.criterion_id.name,
                )
            )

    def _check_not_scoring(self):
        # sudo: scores that one may not see count as well
        scoring = [("criterion_id", "in", self.ids), ("visit_id.state", "=", "scoring")]
        if score := self.env["feedback.expert.score"].sudo().search(scoring, limit=1):
            raise UserError(
                self.env._(
                    "Experts are scoring by “%s” just now. Change its weight once their visit is closed.",
                    score.criterion_id.name,
                )
            )
