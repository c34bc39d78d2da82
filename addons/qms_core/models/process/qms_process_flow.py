from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsProcessFlow(models.Model):
    """What a process gets from a supplier or gives to a customer; either is a process or an outside party."""

    _name = "qms.process.flow"
    _description = "Process Flow"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "version_id, direction, key, id"
    _check_company_auto = True
    _frozen_parent = "version_id"

    version_id = fields.Many2one("qms.process.version", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    key = fields.Char(required=True, default="f010")
    direction = fields.Selection([("input", "Input"), ("output", "Output")], required=True, default="input")
    name = fields.Char(required=True)
    party_id = fields.Many2one("qms.party", "Outside Party", check_company=True, ondelete="restrict")
    other_process_id = fields.Many2one("qms.process", index=True, check_company=True, ondelete="restrict")
    # compute_sudo: a process between bodies shows names of the authority that keeps it.
    end_name = fields.Char("From or To", compute="_compute_end_name", compute_sudo=True)

    @api.depends("party_id.name", "other_process_id.display_name")
    def _compute_end_name(self):
        for flow in self:
            flow.end_name = flow.party_id.name or flow.other_process_id.display_name or False

    @api.constrains("party_id", "other_process_id")
    def _check_one_end(self):
        for flow in self:
            if flow.party_id and flow.other_process_id:
                raise ValidationError(
                    self.env._("Flow “%s” has two other ends. Keep the party or the process.", flow.name)
                )

    def _seal_content(self):
        self.ensure_one()
        return {
            "key": self.key,
            "direction": self.direction,
            "name": self.name,
            "party": self.party_id.id,
            "process": self.other_process_id._seal_code() if self.other_process_id else "",
        }

    def _seal_content_before(self):
        return {**self._seal_content(), "party": self.party_id.code or ""}
