from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Goals that somebody answers for."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        return super()._answers_for(roles) | {
            "goals": {
                "sequence": 40,
                "label": self.env._("Goals"),
                "icon": "fa-bullseye",
                "model": "qms.goal",
                "domain": Domain("owner_role_id", "in", roles.ids) & Domain("state", "!=", "closed"),
                "action": "qms_core.qms_goal_action",
            }
        }
