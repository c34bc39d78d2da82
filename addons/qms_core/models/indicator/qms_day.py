from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Indicators that somebody owns."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        return super()._answers_for(roles) | {
            "indicators": {
                "sequence": 50,
                "label": self.env._("Indicators"),
                "icon": "fa-line-chart",
                "model": "qms.indicator",
                "domain": Domain("owner_role_id", "in", roles.ids),
                "action": "qms_core.qms_indicator_action",
            }
        }
