from odoo import fields, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    qms_code = fields.Char("Code", copy=False, help="Code of the unit in the model of the authority.")
    qms_officer_ids = fields.Many2many(
        "hr.employee",
        "hr_department_qms_officer_rel",
        "department_id",
        "employee_id",
        "Quality Officers",
        help="Who is responsible for the quality management system in this unit.",
    )

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL", "Another unit has this code already. Choose a new code."
    )

    def _head(self):
        """Return the head of the unit or, where there is none, of the next unit above (``hr.employee``)."""
        self.ensure_one()
        unit = self
        while unit and not unit.manager_id:
            unit = unit.parent_id
        return unit.manager_id
