from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Processes and services that somebody owns."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        return super()._answers_for(roles) | {
            "processes": {
                "sequence": 20,
                "label": self.env._("Processes"),
                "icon": "fa-sitemap",
                "model": "qms.process",
                "domain": Domain("owner_role_id", "in", roles.ids),
                "action": "qms_core.qms_process_action",
            },
            "services": {
                "sequence": 30,
                "label": self.env._("Services"),
                "icon": "fa-handshake-o",
                "model": "qms.service",
                "domain": Domain("responsible_role_id", "in", roles.ids),
                "action": "qms_core.qms_service_action",
            },
        }
