from odoo import fields, models


class QmsProcessRegisterChange(models.Model):
    """What an edition of the register changes against the one before."""

    _name = "qms.process.register.change"
    _description = "Change of a Register"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "register_id, change, code, id"
    _rec_name = "code"
    _frozen_parent = "register_id"

    register_id = fields.Many2one("qms.process.register", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="register_id.company_id", store=True, index=True)
    change = fields.Selection([("added", "Added"), ("changed", "Changed"), ("removed", "Removed")], required=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    note = fields.Text("What Changed")
