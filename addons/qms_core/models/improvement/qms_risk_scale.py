from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

SMALLEST, LARGEST = 3, 7


class QmsRiskScale(models.Model):
    """How an authority measures risks: the steps of likelihood and impact, and what their product means.

    Scales without a company are shared by all authorities; to change one, an authority duplicates it.
    """

    _name = "qms.risk.scale"
    _description = "Risk Scale"
    _order = "id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    size = fields.Integer(
        default=5, required=True, help="How many steps likelihood, impact and benefit have each: from 3 to 7."
    )
    step_ids = fields.One2many("qms.risk.step", "scale_id", "Steps of the Scale", copy=True)
    level_ids = fields.One2many("qms.risk.level", "scale_id", "Levels", copy=True)
    is_ready = fields.Boolean("Can Be Used", compute="_compute_is_ready")
    active = fields.Boolean(default=True)

    _size_range = models.Constraint("CHECK (size BETWEEN 3 AND 7)", "A risk scale has from 3 to 7 steps.")

    # === CONSTRAINTS === #

    @api.constrains("size", "step_ids", "level_ids")
    def _check_whole(self):
        """A scale that is filled in has every step once, and a level for every product."""
        for scale in self:
            problem = (scale.step_ids or scale.level_ids) and scale._problem()
            if problem:
                raise ValidationError(problem)

    # === COMPUTES === #

    @api.depends("size", "step_ids.axis", "step_ids.value", "level_ids.kind", "level_ids.score_from")
    def _compute_is_ready(self):
        for scale in self:
            scale.is_ready = not scale._problem()

    # === CRUD === #

    def copy_data(self, default=None):
        vals_list = super().copy_data({"company_id": self.env.company.id, **(default or {})})
        if "name" not in (default or {}):
            for scale, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", scale.name)
        return vals_list

    # === ACTIONS === #

    def action_fill(self):
        """Give an empty scale numbered steps and three levels of each kind, to be named by the authority."""
        for scale in self:
            if scale.step_ids or scale.level_ids:
                raise UserError(self.env._("The scale has steps or levels already. Edit them, or duplicate a scale."))
            if not SMALLEST <= scale.size <= LARGEST:
                raise UserError(self.env._("A risk scale has from 3 to 7 steps."))
            scale.write(scale._filling())

    # === BUSINESS METHODS === #

    def _filling(self):
        """Return the values that fill in an empty scale: a third of the products in each level, roughly."""
        top = self.size**2
        names = (
            (1, self.env._("Low"), "#A7D7A9", 12),
            (top // 5 + 1, self.env._("Medium"), "#F7D774", 6),
            (top // 2 + 1, self.env._("High"), "#E88B7D", 3),
        )
        axes = [axis for axis, _label in self.env["qms.risk.step"]._fields["axis"].selection]
        kinds = [kind for kind, _label in self.env["qms.risk.level"]._fields["kind"].selection]
        return {
            "step_ids": [
                fields.Command.create({"axis": axis, "value": value, "name": str(value)})
                for axis in axes
                for value in range(1, self.size + 1)
            ],
            "level_ids": [
                fields.Command.create(
                    {
                        "kind": kind,
                        "score_from": score_from,
                        "name": name,
                        "color": color,
                        "review_months": months,
                        "needs_decision": kind == "risk" and number == len(names),
                    }
                )
                for kind in kinds
                for number, (score_from, name, color, months) in enumerate(names, start=1)
            ],
        }

    def _problem(self):
        """Return the sentence that says why the scale can't be used, or an empty text."""
        self.ensure_one()
        for axis, label in self.env["qms.risk.step"]._fields["axis"]._description_selection(self.env):
            values = self.step_ids.filtered(lambda step, axis=axis: step.axis == axis).mapped("value")
            if sorted(values) != list(range(1, self.size + 1)):
                return self.env._(
                    "%(axis)s needs each step from 1 to %(size)s exactly once. Add what is missing, delete what is "
                    "too much.",
                    axis=label,
                    size=self.size,
                )
        for kind, label in self.env["qms.risk.level"]._fields["kind"]._description_selection(self.env):
            starts = self.level_ids.filtered(lambda level, kind=kind: level.kind == kind).mapped("score_from")
            if min(starts, default=0) != 1 or max(starts) > self.size**2:
                return self.env._(
                    "The levels of “%(kind)s” must begin at 1, and none above %(top)s. Correct where they begin.",
                    kind=label,
                    top=self.size**2,
                )
            if len(set(starts)) < len(starts):
                return self.env._("Two levels of “%s” begin at the same product. Let each begin at its own.", label)
        return ""

    def _level(self, kind, score):
        """Return the level of a product of likelihood and impact; empty for 0, which means not assessed."""
        levels = self.level_ids.filtered(lambda level: level.kind == kind and level.score_from <= score)
        return levels.sorted("score_from")[-1:]

    @api.model
    def _current(self):
        """Return the scale that the current authority has chosen."""
        return self.env.company.qms_risk_scale_id
