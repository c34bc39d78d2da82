from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    qms_low_rating = fields.Integer(related="company_id.qms_low_rating", readonly=False)
    qms_seal_number = fields.Integer("Links in the Checksum Chain", related="company_id.qms_seal_number")

    def action_qms_load_city(self):
        """Load the demo city into this company and reload the client to show its menus."""
        self.env["qms.demo"].load_city()
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_qms_verify(self):
        """Verify all checksum chains and tell the result."""
        problems = self.env["qms.frozen.mixin"].verify_all()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if problems else "success",
                "sticky": bool(problems),
                "message": "\n".join(problems) or self.env._("All approved records are what was approved."),
            },
        }
