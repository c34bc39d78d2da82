from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Let people begin with "My day" who chose no other page to begin with."""
        result = super().session_info()
        if not result.get("home_action_id") and self.env.user.has_group("qms_core.group_employee"):
            # Whoever deleted the action wants none.
            day = self.env.ref("qms_core.qms_day_action", raise_if_not_found=False)
            result["home_action_id"] = day and day.id
        return result
