from functools import partial

from odoo import api, models

CONTROL = "qms_core.group_execution_control"


class QmsControlledMixin(models.AbstractModel):
    """A duty that execution control follows up, and that is hidden from whom it doesn't concern.

    So where nobody else can be reached, it is told to execution control: coordinators don't read it.
    """

    _name = "qms.controlled.mixin"
    _description = "Duty followed up by execution control"
    _inherit = ["qms.deadline.mixin"]

    # === BUSINESS METHODS === #

    @api.model
    def _execution_control(self, company):
        """Return the users of execution control of an authority (``res.users``)."""
        return self._users_of(CONTROL, company)

    @api.model
    def _with_control(self, staff):
        """Return the same people, with execution control behind them.

        :param staff: ``lib.addressees.Staff``
        """
        return staff.with_fallback(partial(self.env["hr.employee"]._last_resort, groups=(CONTROL,)))

    def _call_by_staff(self, staff, follow=True):
        return super()._call_by_staff(self._with_control(staff), follow)

    def _escalate(self, staff=None):
        staff = staff or self.sudo().responsible_id._staff(chiefs=True)  # sudo: staff records, whoever escalates
        return super()._escalate(self._with_control(staff))

    def _postponement_deciders(self):
        # Only who set the term decides; where he can't be reached, execution control knows whom to turn to.
        setters = self._term_setters().filtered(lambda user: user.active and not user.share)
        found = setters - self.responsible_user_id or self._execution_control(self.company_id)
        return found.with_env(self.env)
