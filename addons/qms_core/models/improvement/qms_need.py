from datetime import date

from odoo import fields, models


class QmsNeed(models.Model):
    """Needs that become actions."""

    _inherit = "qms.need"

    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", domain=lambda self: [("origin_model", "=", self._name)], copy=False
    )

    # === BUSINESS METHODS === #

    def _to_carry_out(self):
        # sudo: whether the action was made already must not depend on who asks.
        waiting = self.filtered(lambda need: need.decision == "action" and not need.sudo().action_ids)
        return super()._to_carry_out() | waiting

    def _carry_out(self):
        """Give the head of each need's unit the action, until the end of the next year."""
        super()._carry_out()
        # sudo: who carries out the report needs no right to plan actions, nor to read who heads which unit.
        needs = self.sudo().filtered(lambda need: need.decision == "action")
        self.env["qms.action"].sudo().create([need._action_vals() for need in needs])

    def _action_vals(self):
        self.ensure_one()
        process = self.process_id or self.service_id.process_id
        unit = self.department_id or process.department_id
        return {
            **self.env["qms.action"]._origin_vals(self),
            "name": self.name,
            "description": self.details,
            "kind": "improvement",
            "company_id": self.company_id.id,
            "process_id": process.id,
            "department_id": unit.id,
            "responsible_id": unit._head().id if unit else False,
            "date_deadline": date(self.year_id.year + 1, 12, 31),
        }
