from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..intake.feedback_duty_mixin import MANAGERS
from .feedback_appeal import INSIDERS
from .feedback_appeal_access import SUBJECT


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
                        "%(appeal)s is about %(person)s, his chief or the unit he works in, so he can't answer it. "
                        "Choose somebody else.",
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

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if SUBJECT & set(vals):
            self._call_off_subjects()
        return result

    # === BUSINESS METHODS === #

    def _concerns(self, person):
        """Tell whether the complaint is about a person, who leads his unit, his unit, or one that he leads.

        :param person: ``hr.employee``
        """
        self.ensure_one()
        if self.nature != "complaint":
            return False
        about, unit = self.about_employee_id, self.about_department_id
        if person == about or self._leads(about, person.department_id):
            return True
        return bool(unit) and (self._is_within(person.department_id, unit) or self._leads(person, unit))

    def _concerns_unit(self, unit):
        """Tell whether the complaint is about a unit, one that it is part of, or its head."""
        self.ensure_one()
        if self.nature != "complaint":
            return False
        about = self.about_department_id
        return bool(about and self._is_within(unit, about)) or self._leads(self.about_employee_id, unit)

    def _is_within(self, unit, whole):
        """Tell whether a unit is another one or part of it."""
        return bool(unit) and str(whole.id) in (unit.parent_path or "").split("/")

    def _leads(self, person, unit):
        """Tell whether a person is the head of a unit, also while he is away: who acts for him will answer to him."""
        if not (person and unit):
            return False
        if unit._head() == person:
            return True
        while unit and not unit.manager_id:
            unit = unit.parent_id
        return unit.manager_id == person

    def _is_subject(self, user):
        """Tell whether the complaint is about a user, his chief, his unit, or one that he leads."""
        appeal = self.sudo()  # sudo: as in _check_not_subject
        if appeal.nature != "complaint" or not (appeal.about_employee_id or appeal.about_department_id):
            return False
        people = user.sudo().with_context(active_test=False).employee_ids
        return any(appeal._concerns(person) for person in people.filtered(lambda e: e.company_id == appeal.company_id))

    def _impartial(self, *groups):
        """Return the users of the first of these groups that has any whom the complaint is not about (``res.users``).

        :param str groups: full XML ids
        """
        self.ensure_one()
        for group in groups:
            users = self._users_of(group, self.company_id)
            if fit := users.filtered(lambda user: not self._is_subject(user)):
                return fit
        return self.env["res.users"]

    def _deciders(self):
        """Return who decides what becomes of it (``res.users``), as ``_is_manager`` tells."""
        self.ensure_one()
        return self._impartial(*INSIDERS) if self.is_corruption else self._impartial(MANAGERS, *INSIDERS)

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
        # sudo: languages of logins
        return fit or [(self.env["hr.employee"]._login_of(user), "chief") for user in self._deciders().sudo()]

    def _call_each(self, calls, note=False, known=None, follow=True):
        # Whatever calls people, reminders and escalations to chiefs included: never whom it is about.
        appeals = {appeal.id: appeal for appeal in self}
        users = self.env["res.users"]
        fit = [call for call in calls if not appeals[call[0]]._is_subject(users.browse(call[1]))]
        reached = {call[0] for call in fit}
        # One call for each appeal that would otherwise wait for nobody.
        lost = {call[0]: call for call in reversed(calls) if call[0] not in reached}
        fit += [(key, user.id, *call[2:]) for key, call in lost.items() for user in appeals[key]._deciders()]
        return super()._call_each(fit, note, known, follow)

    def _call_off_subjects(self):
        """Take complaints off the lists of whom they are about, as it turned out; nor do these follow them further."""
        # sudo: whoever says whom it is about needs no right on that person's duties and subscriptions.
        for appeal in self.sudo():
            if appeal.about_employee_id or appeal.about_department_id:
                appeal._call_off(appeal._is_subject)

    def _call_off(self, barred):
        """Take the appeal off the lists of some users; who decides is called where nobody else is.

        :param barred: function of a user that tells whether he is one of them
        """
        self.ensure_one()
        followers = self.message_partner_ids.filtered(lambda partner: any(map(barred, partner.user_ids)))
        self.message_unsubscribe(followers.ids)
        calls = self.activity_ids.filtered(lambda call: barred(call.user_id))
        lost = [(self.id, call.user_id.id, call.date_deadline, call.summary, call.qms_verb or False) for call in calls]
        alone = calls == self.activity_ids
        calls.with_context(mail_activity_quick_update=True).unlink()
        if alone:
            self._call_each(lost)
