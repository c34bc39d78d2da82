from odoo import fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    qms_code = fields.Char("Code", copy=False, help="Code of the position in the model of the authority.")
    qms_headcount = fields.Integer(
        "Approved Headcount", help="How many people the staffing table has in this position."
    )
    qms_role_ids = fields.Many2many("qms.role", string="QMS Roles")

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL",
        "Another position has this code already. Choose a new code.",
    )
    _qms_headcount_range = models.Constraint(
        "CHECK (qms_headcount >= 0)", "The approved headcount can't be negative. Correct it."
    )
