from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FeedbackTerritory(models.Model):
    """Where appeals come from or what place they are about: districts, villages, streets of an authority."""

    _name = "feedback.territory"
    _description = "Territory"
    _inherit = ["qms.dictionary.mixin"]
    _parent_store = True
    _check_company_auto = True

    parent_id = fields.Many2one("feedback.territory", "Part of", index=True, ondelete="restrict", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("feedback.territory", "parent_id", "Parts")
    population = fields.Integer(help="Inhabitants. With it, territories of different size can be compared.")
    appeal_count = fields.Integer("Appeals of a Year", compute="_compute_heat")
    open_count = fields.Integer("Open Appeals", compute="_compute_heat")
    rate = fields.Float(
        "Appeals per 1,000 Inhabitants", digits=(8, 1), compute="_compute_heat", help="Of the last twelve months."
    )

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another territory has this code already. Choose a new code."
    )
    _population_range = models.Constraint(
        "CHECK (population >= 0)", "A territory can't have fewer than no inhabitants. Correct the number."
    )

    # === CONSTRAINTS === #

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A territory can't be a part of itself. Choose another one in “Part of”."))

    # === COMPUTES === #

    @api.depends("population")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_heat(self):
        appeals = self.env["feedback.appeal"]
        ofyear = appeals._read_group([("date_received", ">=", "-365d")], ["territory_id"], ["__count"])
        waiting = appeals._read_group(appeals._waiting_domain(), ["territory_id"], ["__count"])
        for territory in self:
            territory.appeal_count = territory._sum_inside(ofyear)
            territory.open_count = territory._sum_inside(waiting)
            territory.rate = 1000 * territory.appeal_count / territory.population if territory.population else 0.0

    def _sum_inside(self, groups):
        """Return the sum of what was counted for this territory and its parts."""
        path = self.parent_path or "-"
        return sum(count for territory, count in groups if (territory.parent_path or "").startswith(path))

    # === ACTIONS === #

    def action_view_appeals(self):
        """Open the appeals from these territories and from their parts."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_appeal_action"),
            "domain": [("territory_id", "child_of", self.ids)],
            "context": {},
        }
