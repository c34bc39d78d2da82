from odoo import api, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    # === BUSINESS METHODS === #

    @api.model
    def _of_user(self):
        """Return the current user's own staff records (``hr.employee``)."""
        return self.env.user.sudo().employee_ids.with_env(self.env)  # sudo: one's own, of whichever authority

    def _replaced(self):
        """Return those in whose place these people work today: as acting by an order, or as deputies."""
        # sudo: who stands in for whom must not depend on who asks
        rows = self.env["qms.role.holder"].sudo()
        rows = rows.search([("employee_id", "in", self.ids), ("kind", "in", ("acting", "deputy"))])._counting()
        roles = rows.filtered(lambda row: not row.acted_for_id).role_id
        holders = roles.holder_ids._counting().filtered(lambda row: row.kind == "permanent").employee_id
        return (rows.acted_for_id | holders).with_env(self.env) - self

    def _led_units(self):
        """Return the units that these people lead today (``hr.department``): acting heads too."""
        units = self.env["hr.department"].sudo()  # sudo: as in _replaced
        rows = self.env["qms.role.holder"].sudo()  # sudo: as in _replaced
        rows = rows.search([("employee_id", "in", self.ids), ("role_id.kind", "=", "head")])
        roles = rows.role_id.filtered(lambda role: role._holders() & self)
        led = units.search([("manager_id", "in", self.ids)]) if self else units
        return (led | roles.department_id).with_env(self.env)

    def _below(self, led):
        """Return all whom these people are chiefs of, and whom those are chiefs of: who left, too (``hr.employee``).

        :param led: the units that these people lead today
        """
        # sudo: as in _replaced
        employees, units = self.env["hr.employee"].sudo().with_context(active_test=False), led.sudo()
        found, chiefs = employees.browse(), self
        while chiefs:
            below = employees.search(
                Domain("parent_id", "in", chiefs.ids) | Domain("department_id", "child_of", units.ids)
            )
            chiefs = below - found - self
            found |= chiefs
            units = units.search([("manager_id", "in", chiefs.ids)])
        return found.with_env(self.env)

    def _who_carries_on(self, day):
        """Return who does a person's work on a day: himself, or who is next for it (``hr.employee``, one or none)."""
        if not self or self._works_on(day):
            return self
        return self._substitute().filtered(lambda person: person._works_on(day))
