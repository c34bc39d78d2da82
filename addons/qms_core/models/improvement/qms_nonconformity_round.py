from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class QmsNonconformityRound(models.Model):
    """One attempt to remove the cause of a nonconformity, and what came of it.

    Written by the verdict of the effectiveness check and never changed after.
    """

    _name = "qms.nonconformity.round"
    _description = "Round of a Nonconformity"
    _order = "nonconformity_id, number"
    _check_company_auto = True

    nonconformity_id = fields.Many2one("qms.nonconformity", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="nonconformity_id.company_id", store=True, index=True)
    number = fields.Integer("Round", required=True)
    cause = fields.Text(required=True)
    analysis = fields.Text("Causes Found", help="The whole tree of causes as it was.")
    cause_class = fields.Selection([("system", "System"), ("performer", "Performer")])
    plan = fields.Text(required=True, help="The actions with their people and deadlines as they were.")
    action_ids = fields.Many2many(
        "qms.action", "qms_nonconformity_round_action_rel", "round_id", "action_id", "Actions"
    )
    verdict = fields.Selection([("effective", "Effective"), ("ineffective", "Not effective")], required=True)
    checker_id = fields.Many2one("res.users", "Checked by", required=True)
    date = fields.Date("Checked on", required=True)
    evidence = fields.Text(required=True)
    early_reason = fields.Text("Why Before the Planned Day")

    _number_nonconformity = models.UniqueIndex("(nonconformity_id, number)", "This round has its verdict already.")

    # === CRUD === #

    def write(self, vals):
        if set(vals) - {"company_id"}:
            raise UserError(self._kept_message())
        return super().write(vals)

    def unlink(self):
        if not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            raise UserError(self._kept_message())
        return super().unlink()

    def _kept_message(self):
        return self.env._("A round that has its verdict is kept as it is. Reopen or report the nonconformity anew.")
