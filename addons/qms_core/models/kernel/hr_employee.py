from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    qms_code = fields.Char("QMS Code", copy=False, groups="hr.group_hr_user")
    qms_without_duties = fields.Boolean(
        "Without Duties",
        compute="_compute_qms_without_duties",
        search="_search_qms_without_duties",
        groups="hr.group_hr_user",
        help="The person holds no role for which a duty is written down or which the model in force names.",
    )

    _qms_code_company = models.UniqueIndex(
        "(qms_code, company_id) WHERE qms_code IS NOT NULL",
        "Another employee has this code already. Choose a new code.",
    )

    # === COMPUTES === #

    def _compute_qms_without_duties(self):
        without = self._without_duties()
        for employee in self:
            employee.qms_without_duties = employee in without

    @api.model
    def _search_qms_without_duties(self, operator, value):
        if operator != "in":
            return NotImplemented
        without = self.search([("company_id", "in", self.env.companies.ids)])._without_duties()
        found = Domain("id", "in", without.ids)
        return found if True in value else ~found

    # === ACTIONS === #

    def action_qms_hand_over(self):
        """Open a hand-over of this person's duties: the one that waits already, else a new one.

        :return: a window action
        """
        self.ensure_one()
        return self.env["qms.handover"]._open_for(self)

    # === BUSINESS METHODS === #

    def _works_on(self, day):
        """Tell whether the person works for the authority on a day; the last day counts.

        :param datetime.date day:
        """
        self.ensure_one()
        employee = self.sudo()  # sudo: departure dates are for HR officers; only this answer leaves
        if employee.departure_date:
            return day <= employee.departure_date
        return employee.active or day <= employee._last_day()

    def _last_day(self):
        """Return the last day at work of who left: by the departure record, else the day before it is noticed."""
        self.ensure_one()
        employee = self.sudo()  # sudo: as in _works_on
        return employee.departure_date or employee.company_id._qms_today() - timedelta(days=1)

    def _roles(self, date=None):
        """Return the roles that these people perform on a day (``qms.role``).

        :param datetime.date date: today of the authority by default
        """
        rows = self.env["qms.role.holder"].search([("employee_id", "in", self.ids)])
        return rows.role_id.filtered(lambda role: role._holders(date) & self)

    @api.model
    def _without_position(self, company=None):
        """Return people of an authority who hold no role of its model (``hr.employee``)."""
        company = company or self.env.company
        held = self.env["qms.role"]._held_by_people(company).holder_ids._counting().employee_id
        return self.search([("company_id", "=", company.id), ("id", "not in", held.ids)])

    def _without_duties(self):
        """Return those of these people whose roles ask nothing of them."""
        return self - self._roles()._asking()._holders()

    def _substitute(self):
        """Return who is next for this person's duties: who acts for him, his deputy, or his chief (one or none).

        Somebody of the same authority, who works today.
        """
        self.ensure_one()
        employee = self.sudo()  # sudo: the chain of chiefs must not depend on who asks
        rows = employee.env["qms.role.holder"].search([("company_id", "=", employee.company_id.id)])._counting()
        acting = rows.filtered(lambda row: row.kind == "acting" and row.acted_for_id == employee)
        own = rows.filtered(lambda row: row.employee_id == employee and row.kind == "permanent").role_id
        deputies = rows.filtered(lambda row: row.kind == "deputy" and row.role_id in own).sorted("rank")
        chief = employee.department_id._head() if employee.department_id else employee.browse()
        candidates = [*acting.employee_id, *deputies.employee_id, *chief, *employee.parent_id]
        company, today = employee.company_id, employee.company_id._qms_today()
        fit = (person for person in candidates if person.company_id == company and person._works_on(today))
        found = next((person for person in fit if person != employee), employee.browse())
        return found.with_env(self.env)

    def _present(self):
        """Return who stands in for this person today by an order, or the person (``hr.employee``)."""
        self.ensure_one()
        rows = self.env["qms.role.holder"].search([("company_id", "=", self.company_id.id), ("kind", "=", "acting")])
        rows = rows._counting()
        person, seen = self, self
        while stand_in := rows.filtered(lambda row, person=person: row.acted_for_id == person).employee_id[:1] - seen:
            person = stand_in
            seen |= stand_in
        return person

    def _skill_gaps(self):
        """Return what the person's roles require and he has not, or not at the level.

        :return: list of plain dicts ``{skill, required, has}``: names of the skill, of the required level and of
            the level that the person has ("" for none)
        """
        self.ensure_one()
        required = self._roles()._required_skills()
        today = (self.sudo().company_id or self.env.company)._qms_today()  # sudo: the date only
        rows = self.env["hr.employee.skill"].search(
            [
                ("employee_id", "=", self.id),
                ("skill_id", "in", [skill.id for skill in required]),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ]
        )
        best = {}
        for row in rows.sorted("level_progress"):
            best[row.skill_id] = row.skill_level_id
        return [
            {"skill": skill.name, "required": level.name, "has": best[skill].name if skill in best else ""}
            for skill, level in required.items()
            if skill not in best or best[skill].level_progress < level.level_progress
        ]
