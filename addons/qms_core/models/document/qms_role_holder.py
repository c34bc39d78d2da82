from odoo import api, models


class QmsRoleHolder(models.Model):
    """Who takes a role gets to know its documents; who goes on leave reads later."""

    _inherit = "qms.role.holder"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env["qms.acknowledgement"]._call_for_new()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env["qms.acknowledgement"]._call_for_new()
        return result
