from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class FeedbackAppeal(models.Model):
    """A complaint never goes to the person or the unit it is about: not by assignment, transfer or substitution."""

    _inherit = "feedback.appeal"

    # === CONSTRAINTS === #

    @api.constrains("responsible_id", "department_id", "about_employee_id", "about_department_id", "kind_id")
    def _check_not_subject(self):
        # sudo: units and heads of people are staff data; the sentence names only what the user has chosen himself.
        for appeal in self.sudo():
            if appeal.responsible_id and appeal._concerns(appeal.responsible_id):
                raise ValidationError(
                    self.env._(
                        "%(appeal)s is about %(person)s or the unit he works in, so he can't answer it. Choose "
                        "somebody else.",
                        appeal=appeal.display_name,
                        person=appeal.responsible_id.name,
                    )
                )
            if appeal.department_id and appeal._concerns_unit(appeal.department_id):
                raise ValidationError(
                    self.env._(
                        "%(appeal)s is about the unit “%(unit)s” or its head, so it can't be given to it. Choose "
                        "another unit, for example the one above.",
                        appeal=appeal.display_name,
                        unit=appeal.department_id.name,
                    )
                )

    # === BUSINESS METHODS === #

    def _concerns(self, person):
        """Tell whether the complaint is about a person, his unit, or one that he leads.

        :param person: ``hr.employee``
        """
        self.ensure_one()
        if self.nature != "complaint":
            return False
        if person == self.about_employee_id:
            return True
        unit = self.about_department_id
        return bool(unit) and (self._is_within(person.department_id, unit) or person == unit._head())

    def _concerns_unit(self, unit):
        """Tell whether the complaint is about a unit, one that it is part of, or its head."""
        self.ensure_one()
        if self.nature != "complaint":
            return False
        about, person = self.about_department_id, self.about_employee_id
        return bool(about and self._is_within(unit, about)) or bool(person and unit._head() == person)

    def _is_within(self, unit, whole):
        """Tell whether a unit is another one or part of it."""
        return bool(unit) and str(whole.id) in (unit.parent_path or "").split("/")

    def _is_subject(self, user):
        """Tell whether the complaint is about a user, his unit, or one that he leads."""
        appeal = self.sudo()  # sudo: as in _check_not_subject
        if appeal.nature != "complaint" or not (appeal.about_employee_id or appeal.about_department_id):
            return False
        people = user.sudo().with_context(active_test=False).employee_ids
        return any(appeal._concerns(person) for person in people.filtered(lambda e: e.company_id == appeal.company_id))

    @api.model
    def _confidential_domain(self):
        return super()._confidential_domain() | Domain("is_corruption", "=", True)

    def _is_confidential(self):
        return super()._is_confidential() or self.is_corruption

    def _addressed(self, staff):
        """Leave out who stands in for the responsible person, or is above him, if the complaint is about them."""
        users = self.env["res.users"]
        called = super()._addressed(staff)
        fit = [(login, how) for login, how in called if not self._is_subject(users.browse(login.id))]
        return fit or [(login, "chief") for login in staff.last_resort(self.company_id.id)]

    def _call_each(self, calls, note=False, known=None, follow=True):
        # Whatever calls people, reminders and escalations to chiefs included: never whom it is about.
        appeals = {appeal.id: appeal for appeal in self}
        users = self.env["res.users"]
        fit = [call for call in calls if not appeals[call[0]]._is_subject(users.browse(call[1]))]
        return super()._call_each(fit, note, known, follow)
