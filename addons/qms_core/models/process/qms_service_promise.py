from odoo import fields, models


class QmsServicePromise(models.Model):
    """A line of the service standard: what every applicant can rely on."""

    _name = "qms.service.promise"
    _description = "Promise of a Service Standard"
    _inherit = ["qms.service.line.mixin"]

    _key_prefix = "p"

    name = fields.Char("Promise", required=True, translate=True, help="For example: You wait at most 15 minutes.")
    target = fields.Char(translate=True, help="How it is measured. For example: 95 % of visitors.")
