from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.addressees import Login, Person, Staff

# Whom to address in an authority where a duty has neither a reachable person nor a reachable chief.
LAST_RESORT = ("qms_core.group_coordinator", "qms_core.group_commissioner")


class HrEmployee(models.Model):
    """Who is addressed for a person's duties: himself, who stands in for him, his chiefs."""

    _inherit = "hr.employee"

    qms_acting_ids = fields.One2many(
        "qms.role.holder", "acted_for_id", "Acted for by", domain=[("kind", "=", "acting")], groups="hr.group_hr_user"
    )

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self._tell_of_duties_left()
        return result

    # === BUSINESS METHODS === #

    def _staff(self, chiefs=False):
        """Return these people, and all who may have to be addressed for them, as plain data.

        :param bool chiefs: also the chiefs of people who can be reached; without it only of those who can't
        :rtype: odoo.addons.qms_core.lib.addressees.Staff
        """
        people = {}
        # sudo: whom to call must not depend on who asks; people who left are looked up as well.
        frontier = self.sudo().with_context(active_test=False)
        todays = {company: company._qms_today() for company in frontier.company_id}
        while frontier:
            people |= frontier._as_people(todays)
            wanted = set()
            for person in people.values():
                wanted.add(person.stand_in)
                if chiefs or not (person.login and person.works):
                    wanted.add(person.chief)
            frontier = frontier.browse(wanted - set(people) - {None})
        return Staff(people.values(), self._last_resort)

    def _as_people(self, todays):
        rows = self.env["qms.role.holder"].search([("kind", "=", "acting"), ("acted_for_id", "in", self.ids)])
        stand_ins = {}
        for row in rows._counting():
            stand_ins.setdefault(row.acted_for_id.id, row.employee_id.id)
        return {
            employee.id: Person(
                employee.id,
                login=self._login_of(employee.user_id),
                works=employee._works_on(todays.get(employee.company_id) or employee.company_id._qms_today()),
                chief=(employee.parent_id or employee._unit_chief()).id or None,
                stand_in=stand_ins.get(employee.id),
                company=employee.company_id.id,
            )
            for employee in self
        }

    def _unit_chief(self):
        """Return the nearest head of the person's units who is somebody else (``hr.employee``, one or none)."""
        unit = self.department_id
        while unit and unit.manager_id in (self, self.browse()):
            unit = unit.parent_id
        return unit.manager_id

    @api.model
    def _login_of(self, user):
        return Login(user.id, user.lang or "en_US") if user.active else None

    @api.model
    def _last_resort(self, company_id, groups=LAST_RESORT):
        company = self.env["res.company"].browse(company_id)
        for group in groups:
            users = self.env["qms.activity.mixin"]._users_of(group, company).sudo()  # sudo: languages of logins
            if users:
                return [self._login_of(user) for user in users]
        return []

    def _duty_warning(self):
        """Return a sentence when the person won't do a duty himself as things stand, else False."""
        self.ensure_one()
        staff = self._staff()
        person = self.sudo()  # sudo: staff records, whoever looks at the duty
        if not person._works_on((person.company_id or self.env.company)._qms_today()):
            return self.env._("%s no longer works here. Hand this over to somebody else.", person.name)
        stand_in = person.browse(staff.present(self.id))
        if stand_in != person:
            return self.env._("%(person)s is away. %(stand_in)s acts.", person=person.name, stand_in=stand_in.name)
        return not staff.reached(self.id) and self.env._("%s has no login, so the chief is called.", person.name)

    def _tell_of_duties_left(self):
        """Take the duties of people who have left off their lists and call their chiefs."""
        for model in self.env["qms.deadline.mixin"]._duty_models():
            # sudo: who dismisses a person need not see his duties.
            left = model.sudo().search(Domain("responsible_id", "in", self.ids) & model._duty_open_domain())
            for duty in left:
                own = duty.activity_ids.filtered(lambda call, user=duty.responsible_user_id: call.user_id == user)
                own.with_context(mail_activity_quick_update=True).unlink()
            left._call_responsible()

    def _check_assignable(self):
        """Raise a UserError if one of these people no longer works for the authority.

        A duty given to somebody who has left would wait for nobody.
        """
        # sudo: departure dates are for HR officers; the sentence tells only that the person has left.
        for employee in self.sudo():
            if not employee._works_on((employee.company_id or self.env.company)._qms_today()):
                raise UserError(self.env._("%s no longer works here. Choose who does it instead.", employee.name))
