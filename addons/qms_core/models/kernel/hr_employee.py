from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    qms_code = fields.Char("QMS Code", copy=False, groups="hr.group_hr_user")

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL",
        "Another employee has this code already. Choose a new code.",
    )
