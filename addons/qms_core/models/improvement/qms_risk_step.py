from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class QmsRiskStep(models.Model):
    """One step of a scale: how likely, how bad, or how good."""

    _name = "qms.risk.step"
    _description = "Step of a Risk Scale"
    _order = "scale_id, axis, value"

    scale_id = fields.Many2one("qms.risk.scale", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scale_id.company_id", store=True, index=True)
    axis = fields.Selection(
        [("likelihood", "Likelihood"), ("impact", "Impact of a risk"), ("benefit", "Benefit of an opportunity")],
        required=True,
        default="likelihood",
    )
    value = fields.Integer(required=True, default=1)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="By what one recognises it: how often, what loss, how many citizens."
    )

    _value_axis = models.UniqueIndex(
        "(scale_id, axis, value)", "The scale has this step already. Give the step another value."
    )

    @api.constrains("value", "scale_id")
    def _check_value(self):
        for step in self:
            if not 1 <= step.value <= step.scale_id.size:
                raise ValidationError(
                    self.env._(
                        "“%(step)s” lies outside the scale. Give it a value from 1 to %(size)s.",
                        step=step.name,
                        size=step.scale_id.size,
                    )
                )

    @api.depends("value", "name")
    def _compute_display_name(self):
        for step in self:
            named = step.name and step.name != str(step.value)
            step.display_name = f"{step.value} – {step.name}" if named else str(step.value)

    @api.model
    def _search_display_name(self, operator, value):
        """People look for a step by its number as often as by its name."""
        domain = Domain(super()._search_display_name(operator, value))
        if operator == "ilike" and isinstance(value, str) and value.strip().isdigit():
            domain |= Domain("value", "=", int(value))
        return domain
