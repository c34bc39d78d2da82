from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class QmsImprovementMixin(models.AbstractModel):
    """What nonconformities, actions and risks share: archiving takes nothing off the list of what has to be done.

    Gates and reminders count archived records too; they are ended by their buttons alone.
    """

    _name = "qms.improvement.mixin"
    _description = "Record of the improvement"
    _inherit = ["qms.deadline.mixin"]

    active = fields.Boolean(default=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._may_archive():
            # Named explicitly, so that no default from a client's context slips in.
            vals_list = [{**vals, "active": True} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "active" in vals and not self._may_archive():
            raise AccessError(
                self.env._("Only the quality staff archives this. Use the buttons of the record to end it.")
            )
        return super().write(vals)

    # === BUSINESS METHODS === #

    @api.model
    def _may_archive(self):
        return self.env.su or self.env.user._is_quality_staff()

    def _leave_to(self, users):
        """Let nobody else follow the records or be called to them: who is called sees the name.

        :param users: who goes on with them (``res.users``)
        """
        for record in self:
            record.message_unsubscribe((record.message_partner_ids - users.partner_id).ids)
            calls = record.activity_ids.filtered(lambda activity: activity.user_id not in users)
            calls.with_context(mail_activity_quick_update=True).unlink()

    @api.model
    def _duty_open_domain(self):
        return super()._duty_open_domain() & Domain("active", "in", (True, False))
