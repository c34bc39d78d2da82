from odoo import models


class HrDepartment(models.Model):
    """Who keeps what a unit has to keep, and who has paper sheets signed."""

    _inherit = "hr.department"

    def _keepers(self):
        """Return who keeps the unit's documents, files and registers: its officers and its head (``res.users``).

        Of no unit, nobody.
        """
        # sudo: who keeps them must not depend on who asks.
        people = self.sudo().qms_officer_ids
        for unit in self:
            people |= unit._head()
        return people.sudo().user_id.with_env(self.env)  # sudo: as above

    def _is_kept_by(self, user):
        """Tell whether a user keeps the unit's documents, files and registers, himself or as quality coordinator.

        :param user: ``res.users``
        :rtype: bool
        """
        return user.has_group("qms_core.group_coordinator") or user in self._keepers()

    def _sheet_officer(self):
        """Return who has the sheets of a unit's people without a login signed: its officer, or who leads it.

        The officer of the next unit above where there is none; nobody where nobody is known.

        :rtype: hr.employee
        """
        # sudo: who keeps the sheets must not depend on who asks.
        unit = self.sudo()
        while unit:
            officers = unit.qms_officer_ids.filtered(
                lambda person: person.user_id.active and person._works_on(person.company_id._qms_today())
            )
            if officers:
                return officers[:1].with_env(self.env)
            unit = unit.parent_id
        return self._head() if self else self.env["hr.employee"]

    def _keeps_sheets(self, user):
        """Tell whether a user may note signatures of the unit's people: officer or head of it, or by office.

        :param user: ``res.users``
        """
        if any(user.has_group(f"qms_core.group_{group}") for group in ("coordinator", "commissioner", "hr")):
            return True
        unit = self.sudo()  # sudo: as in _sheet_officer
        officers = unit.qms_officer_ids
        while unit.parent_id:
            unit = unit.parent_id
            officers |= unit.qms_officer_ids
        return user in officers.user_id or bool(self and self.with_user(user).qms_below_me)
