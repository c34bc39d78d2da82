from odoo import models

from ..kernel.hr_employee_duties import LAST_RESORT
from ..kernel.res_users_digest import DIGEST_ROWS
from .qms_controlled_mixin import CONTROL


class ResUsers(models.Model):
    _inherit = "res.users"

    # === BUSINESS METHODS === #

    def _due_duties(self, staff, until):
        """Of assignments that only a last resort can hear of, execution control hears instead of coordinators."""
        due = super()._due_duties(staff, until)
        groups = [self.env.ref(group).sudo() for group in (CONTROL, *LAST_RESORT)]  # sudo: as in _users_of
        concerned = self & self.browse().union(*(group.all_user_ids for group in groups))
        if not concerned:
            return due
        theirs = super(ResUsers, concerned)._due_duties(self.env["qms.controlled.mixin"]._with_control(staff), until)
        for user, duties in theirs.items():
            mixed = [duty for duty in due[user] if not self._is_controlled(duty["record"])]
            mixed += [duty for duty in duties if self._is_controlled(duty["record"])]
            due[user] = sorted(mixed, key=lambda duty: duty["record"].date_deadline)[:DIGEST_ROWS]
        return due

    def _is_controlled(self, record):
        return isinstance(record, self.env.registry["qms.controlled.mixin"])
