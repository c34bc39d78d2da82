from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsAction(models.Model):
    """Actions that treat a risk."""

    _inherit = "qms.action"

    risk_id = fields.Many2one("qms.risk", index="btree_not_null", check_company=True, ondelete="restrict")

    @api.depends("risk_id")
    def _compute_from_nonconformity(self):
        super()._compute_from_nonconformity()
        for action in self:
            action.process_id = action.process_id or action.risk_id.process_id
            action.department_id = action.department_id or action.risk_id.department_id

    def action_start(self):
        """Actions that treat a risk start with its treatment."""
        for action in self:
            if action.risk_id.state in ("identified", "assessed"):
                raise UserError(
                    self.env._("The action starts with its risk, once it is assessed and its treatment decided.")
                )
        return super().action_start()

    def _answers_for(self):
        risk = self.risk_id
        # Who owns a risk, or heads its unit, decides who treats it and until when.
        owns = risk and (self.env.user._is_quality_staff() or risk.is_mine or risk.department_id.qms_headed_by_me)
        return super()._answers_for() + ([owns] if risk else [])

    def _term_setters(self):
        return super()._term_setters() | self.risk_id.responsible_user_id
