from odoo import api, models
from odoo.exceptions import UserError
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

    def web_save(self, vals, specification, next_id=None):
        # A form reads what it has saved: who may not is told beforehand, as nothing would be kept.
        if vals.get("kind") == "corruption":
            for record in self:
                record._check_stays_readable(vals)
        return super().web_save(vals, specification, next_id=next_id)

    # === ACTIONS === #

    def action_hand_over_corruption(self):
        """Say that it is a matter of corruption; from then on it is for those alone who may know of it.

        :return: for who may not read it any more, an action that leaves its form
        :raises AccessError: for who may not say so
        """
        numbers = ", ".join(filter(None, self.mapped("number")))
        self.write({"kind": "corruption"})
        if self._filtered_access("read") == self:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("%s is handed over", numbers),
                "message": self.env._(
                    "The quality coordinator and the chief quality commissioner say who answers for it. It is no "
                    "longer shown to you."
                ),
                "next": {
                    **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action"),
                    "target": "main",
                },
            },
        }

    # === ACCESS === #

    def _check_stays_readable(self, vals):
        """Raise a UserError if the user could not read the record any more once values make it confidential."""
        self.ensure_one()
        record, user = self.sudo(), self.env.user  # sudo: logins of employees are staff data
        answers = record.responsible_user_id
        if "responsible_id" in vals:
            answers = record.responsible_id.browse(vals["responsible_id"]).user_id
        chief = user.has_group("qms_core.group_coordinator") or user.has_group("qms_core.group_commissioner")
        if not chief and user not in record.reporter_id | answers:
            raise UserError(
                self.env._(
                    "As a matter of corruption you may not read it any more, so this form can't save it as one. Undo "
                    "your changes and use the button “It concerns corruption”: it goes to the quality coordinator and "
                    "the chief quality commissioner."
                )
            )

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
