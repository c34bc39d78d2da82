from odoo import fields, models


class LeanTool(models.Model):
    """A method that a stage uses; each becomes a task when a project enters the stage."""

    _name = "lean.tool"
    _description = "Method of a Lean Stage"
    _order = "stage_id, sequence, id"

    name = fields.Char("What to do", required=True, translate=True)
    stage_id = fields.Many2one("lean.stage", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
