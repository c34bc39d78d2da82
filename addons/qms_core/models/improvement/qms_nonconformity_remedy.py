from odoo import fields, models


class QmsNonconformityRemedy(models.Model):
    """What was done for the citizen who got a nonconforming service."""

    _name = "qms.nonconformity.remedy"
    _description = "What Was Done for the Citizen"
    _inherit = ["qms.nonconformity.line.mixin"]
    _order = "date, id"
    _check_company_auto = True

    kind = fields.Selection(
        [
            ("redone", "Service delivered anew"),
            ("corrected", "Result corrected"),
            ("emergency", "Emergency plan"),
            ("transfer", "Transfer to another programme"),
            ("improvement", "Programme of improvement"),
            ("conflict", "Conflict strategy"),
            ("explained", "Explanation and apology"),
            ("none", "No citizen was affected"),
        ],
        "Way",
        required=True,
        default="redone",
    )
    description = fields.Char("What Was Done", required=True)
    date = fields.Date("Day", required=True, default=lambda self: self.env.company._qms_today())
    employee_id = fields.Many2one(
        "hr.employee", "Done by", check_company=True, default=lambda self: self.env.user.employee_id
    )
