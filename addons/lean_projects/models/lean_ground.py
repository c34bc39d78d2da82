from odoo import fields, models


class LeanGround(models.Model):
    """Why a project may be opened."""

    _name = "lean.ground"
    _description = "Ground for a Lean Project"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
