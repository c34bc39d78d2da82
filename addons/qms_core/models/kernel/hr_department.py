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

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "manager_id" in vals:
            # Odoo keeps no history of managers, so the change itself is recorded.
            self._head_roles()._reconcile()
        return result

    # === BUSINESS METHODS === #

    def _head(self, date=None):
        """Return who leads the unit or, where nobody does, the next unit above (``hr.employee``, one or none).

        Who acts for the head by an order, or deputises where there is none, is the head on that day.

        :param datetime.date date: the day; today of the authority by default
        """
        self.ensure_one()
        unit = self.sudo()  # sudo: who leads a unit must not depend on who asks
        head = unit._own_head(date)
        while not head and unit.parent_id:
            unit = unit.parent_id
            head = unit._own_head(date)
        return head.with_env(self.env)

    def _own_head(self, date):
        self.ensure_one()
        head = self._head_roles()._holders(date)[:1]
        if head:
            return head
        manager = self.manager_id
        day = date or (self.company_id or self.env.company)._qms_today()
        return manager if manager and manager._works_on(day) else manager.browse()

    def _head_roles(self):
        # sudo: as in _head
        return self.env["qms.role"].sudo().search([("kind", "=", "head"), ("department_id", "in", self.ids)])
