from odoo import api, fields, models
from odoo.fields import Domain


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

    qms_head_role_ids = fields.One2many("qms.role", "department_id", "Role of the Head", domain=[("kind", "=", "head")])
    qms_headed_by_me = fields.Boolean(
        "My Unit",
        compute="_compute_qms_headed_by_me",
        search="_search_qms_headed_by_me",
        help="You lead the unit, or act today for who leads it.",
    )

    qms_below_me = fields.Boolean(
        "Led by Me or Above",
        compute="_compute_qms_below_me",
        search="_search_qms_below_me",
        help="You lead the unit today, or one that it is part of.",
    )

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL", "Another unit has this code already. Choose a new code."
    )

    # === COMPUTES === #

    @api.depends("manager_id")
    @api.depends_context("uid")
    def _compute_qms_headed_by_me(self):
        mine = self.browse(self._headed_by_me())
        for unit in self:
            unit.qms_headed_by_me = unit in mine

    @api.model
    def _search_qms_headed_by_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("id", "in", self._headed_by_me())
        return found if True in value else ~found

    @api.depends("manager_id", "parent_id")
    @api.depends_context("uid")
    def _compute_qms_below_me(self):
        # sudo: as in _headed_by_me
        mine = self.sudo().with_context(active_test=False).search(self._below_me_domain())
        for unit in self:
            unit.qms_below_me = unit._origin in mine

    @api.model
    def _search_qms_below_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self._below_me_domain()
        return found if True in value else ~found

    @api.model
    def _below_me_domain(self):
        return Domain("id", "child_of", list(self._headed_by_me()))

    @api.model
    def _headed_by_me(self):
        """Return the units that the user leads today, as a query: record rules with it cost none of their own."""
        rows = self.env["qms.role.holder"]
        held = Domain("holder_ids", "any", rows._mine_domain("permanent", "acting"))
        in_force = Domain("active", "=", True)  # units are searched with the archived ones, their roles are not
        domain = (
            Domain("manager_id.user_id", "=", self.env.uid)
            | Domain("manager_id.qms_acting_ids", "any", rows._mine_domain("acting"))
            | Domain("qms_head_role_ids", "any", in_force & held)
        )
        # sudo: who leads a unit must not depend on who asks.
        return self.sudo().with_context(active_test=False)._search(domain)

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
