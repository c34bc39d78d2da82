from odoo import api, models
from odoo.fields import Domain


class QmsDay(models.AbstractModel):
    """Register entries that somebody answers for."""

    _inherit = "qms.day"

    @api.model
    def _answers_for(self, roles):
        return super()._answers_for(roles) | {
            "register_entries": {
                "sequence": 70,
                "label": self.env._("Register Entries"),
                "icon": "fa-book",
                "model": "qms.register.entry",
                "domain": Domain("is_mine", "=", True) & Domain("state", "!=", "closed"),
                "action": "qms_core.qms_register_entry_action",
            }
        }
