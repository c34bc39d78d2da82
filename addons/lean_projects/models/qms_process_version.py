from odoo import fields, models


class QmsProcessVersion(models.Model):
    _inherit = "qms.process.version"

    lean_project_ids = fields.One2many(
        "project.project",
        "to_be_version_id",
        "Lean Projects",
        help="Projects whose target process this is; their leaders draft it.",
    )
