from functools import partial

from odoo import models

from odoo.addons.qms_core.models.kernel.hr_employee_duties import LAST_RESORT

MANAGERS = "citizen_feedback.group_feedback_manager"


class FeedbackDutyMixin(models.AbstractModel):
    """A duty that the feedback managers give to somebody else where nobody who answers for it can be reached.

    Coordinators, whom other duties are told to then, could read it, but do nothing about it.
    """

    _name = "feedback.duty.mixin"
    _description = "Duty overseen by the Feedback Managers"
    _inherit = ["qms.deadline.mixin"]

    # === BUSINESS METHODS === #

    def _with_managers(self, staff):
        return staff.with_fallback(partial(self.env["hr.employee"]._last_resort, groups=(MANAGERS, *LAST_RESORT)))

    def _call_by_staff(self, staff, follow=True):
        return super()._call_by_staff(self._with_managers(staff), follow)

    def _escalate(self, staff=None):
        staff = staff or self.sudo().responsible_id._staff(chiefs=True)  # sudo: staff records, whoever escalates
        return super()._escalate(self._with_managers(staff))
