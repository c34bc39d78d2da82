from odoo import fields, models


class QmsNeedLineMixin(models.AbstractModel):
    """What was planned, held or heard in a year of needs; with its report it is frozen."""

    _name = "qms.need.line.mixin"
    _description = "Part of a year of needs"
    _inherit = ["qms.frozen.line.mixin"]
    _frozen_parent = "year_id"

    year_id = fields.Many2one(
        "qms.need.year",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["qms.need.year"]._current(),
    )
    company_id = fields.Many2one(related="year_id.company_id", store=True, index=True)
    year_state = fields.Selection(related="year_id.state", string="State of the Year")
