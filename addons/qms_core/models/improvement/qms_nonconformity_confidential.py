from odoo import api, models
from odoo.fields import Domain


class QmsNonconformity(models.Model):
    """Nonconformities of which even the name is for few."""

    _inherit = "qms.nonconformity"

    # === CRUD === #

    def write(self, vals):
        hidden = self.filtered(lambda record: record.kind != "corruption") if vals.get("kind") == "corruption" else ()
        result = super().write(vals)
        for record in hidden:
            record._hide("responsible_id" in vals)
        return result

    # === BUSINESS METHODS === #

    def _hide(self, named):
        """Take the record from all who knew it as an ordinary one.

        :param bool named: whether it was said at the same time who answers for it
        """
        # sudo: whoever reports may say that it is corruption; that needs no right on other people's duties.
        record = self.sudo()
        # The head of the unit may be the one it speaks of; only who has just said so himself is known to know.
        if not named and record.responsible_user_id != self.env.user:
            record.responsible_id = False
        insiders = record._insiders()
        record._leave_to(insiders)
        for action in record._every_action():
            action._leave_to(insiders | action._workers_now())
        if named:
            record._call_triage()
        else:
            record._ask_who_answers()
        if record.state == "verification":
            record._call_checkers()

    def _insiders(self):
        """Return who may know of a nonconformity of the kind corruption (``res.users``)."""
        return (
            self.reporter_id
            | self.responsible_user_id
            | self._users_of("qms_core.group_coordinator", self.company_id)
            | self._users_of("qms_core.group_commissioner", self.company_id)
        )

    @api.model
    def _confidential_domain(self):
        return super()._confidential_domain() | Domain("kind", "=", "corruption")

    def _is_confidential(self):
        return super()._is_confidential() or self.kind == "corruption"

    def _addressed(self, staff):
        # A confidential case that its person can't look after is the coordinators', who know it only by its number.
        called = super()._addressed(staff)
        return called or [(login, "chief") for login in staff.last_resort(self.company_id.id)]
