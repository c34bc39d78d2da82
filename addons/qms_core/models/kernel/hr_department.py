from odoo import api, fields, models


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

    @api.model
    def _headed_by(self, user):
        """Return the units that a user leads today in the active authorities, also while he acts for their head.

        The units below them are not among these.

        :param user: ``res.users``
        """
        # sudo: as in _head
        rows = self.env["qms.role.holder"].sudo()
        rows = rows.search([("employee_id.user_id", "=", user.id), ("role_id.kind", "=", "head")])
        units = rows.role_id.department_id | self.sudo().search([("manager_id.user_id", "=", user.id)])
        units = units.filtered(lambda unit: not unit.company_id or unit.company_id in self.env.companies)
        if not units:
            return units.with_env(self.env)
        roles = units._head_roles()
        of_unit = roles.grouped("department_id")
        led = units.filtered(lambda unit: unit._own_head(None, of_unit.get(unit, roles.browse())).user_id == user)
        return led.with_env(self.env)

    def _own_head(self, date, roles=None):
        self.ensure_one()
        roles = self._head_roles() if roles is None else roles
        head = roles._holders(date)[:1]
        if head:
            return head
        manager = self.manager_id
        day = date or (self.company_id or self.env.company)._qms_today()
        return manager if manager and manager._works_on(day) else manager.browse()

    def _head_roles(self):
        # sudo: as in _head
        return self.env["qms.role"].sudo().search([("kind", "=", "head"), ("department_id", "in", self.ids)])
